package io.github.lambdacontainer.goal;

/** A text that nobody prints: with {@code -X} Maven lists the fields it sets, each by its {@code toString()}. */
public final class Secret {

    private String text = "";

    static Secret of(String text) {
        Secret secret = new Secret();
        secret.set(text);
        return secret;
    }

    /** Takes the text; Maven calls it. */
    public void set(String given) {
        text = given;
    }

    String text() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
