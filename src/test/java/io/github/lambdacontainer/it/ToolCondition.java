package io.github.lambdacontainer.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Decides whether the tools of a test are there. */
final class ToolCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        List<String> missing = new ArrayList<>();
        AnnotationSupport.findAnnotation(context.getElement(), NeedsTool.class)
                .ifPresent(needs -> Arrays.stream(needs.value())
                        .filter(tool -> Tools.find(tool).isEmpty())
                        .forEach(missing::add));
        if (AnnotationSupport.isAnnotated(context.getElement(), NeedsJdk25.class)
                && It.jdk25().isEmpty()) {
            missing.add("a JDK 25 (property lambda-container.it.jdk25)");
        }
        if (AnnotationSupport.isAnnotated(context.getElement(), NeedsIpv6.class) && !Tools.hasIpv6()) {
            missing.add("the IPv6 loopback address ::1");
        }
        if (missing.isEmpty()) {
            return ConditionEvaluationResult.enabled("All tools are installed");
        }
        String sentence = context.getDisplayName() + " needs " + String.join(", ", missing);
        if (Tools.required()) {
            throw new IllegalStateException(sentence);
        }
        System.out.println("[SKIPPED] " + sentence);
        return ConditionEvaluationResult.disabled(sentence);
    }
}
