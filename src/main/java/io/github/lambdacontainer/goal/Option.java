package io.github.lambdacontainer.goal;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a setting that can also be given as a property, {@code -Dlambda-container.} followed by its path.
 *
 * <p>Maven knows properties only for the outermost parameters; {@link Options} gives them to nested ones too.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
@interface Option {

    /** What holds where the setting is not given, as the parameter reference says it. */
    String value();
}
