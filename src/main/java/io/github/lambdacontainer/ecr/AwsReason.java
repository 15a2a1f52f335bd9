package io.github.lambdacontainer.ecr;

/**
 * Why AWS does not do what was asked.
 *
 * @param what what happened, as a part of a sentence
 * @param next what the user can do about it, as a sentence
 */
record AwsReason(String what, String next) {

    /** Both, as the end of a sentence. */
    String text() {
        return what + "; " + Character.toLowerCase(next.charAt(0)) + next.substring(1, next.length() - 1);
    }
}
