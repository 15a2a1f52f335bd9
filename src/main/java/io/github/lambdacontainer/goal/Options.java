package io.github.lambdacontainer.goal;

import io.github.lambdacontainer.problem.Problem;
import io.github.lambdacontainer.problem.Setting;
import io.github.lambdacontainer.problem.UserFailure;
import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills the settings of a goal from properties, nested ones included: the command line wins over the pom's
 * configuration, which wins over the pom's properties, as with Jib.
 */
final class Options {

    /** A bean that groups settings. */
    interface Group {}

    /** A group whose first setting can stand for the whole, in the pom and as a property. */
    interface ShortForm extends Group {
        /** Takes the short form; Maven calls it for an element that holds text. */
        void set(String text);
    }

    /** A setting of a goal with where it stands. */
    record Leaf(String path, Field field, Option option) {}

    /** The goals of the plugin. A property holds for a whole run of Maven, and each goal takes what is its own. */
    static final List<Class<?>> GOALS =
            List.of(BuildMojo.class, LoadMojo.class, PushMojo.class, InvokeMojo.class, ServeMojo.class);

    private final Properties commandLine;
    private final Properties project;
    private final List<Problem> problems = new ArrayList<>();

    Options(Properties commandLine, Properties project) {
        this.commandLine = commandLine;
        this.project = project;
    }

    /** Every setting that a goal of this class has. */
    static List<Leaf> of(Class<?> goal) {
        return leaves(goal, "").toList();
    }

    /**
     * Sets every marked field of this goal that a property names.
     *
     * @throws UserFailure if a property has no meaning, with all that have none
     */
    void fill(Object goal) {
        fill(goal, "");
        refuseUnknown(goal.getClass());
        if (!problems.isEmpty()) {
            throw new UserFailure(problems);
        }
    }

    private void fill(Object bean, String prefix) {
        for (Field field : fields(bean.getClass())) {
            String path = prefix + field.getName();
            if (Group.class.isAssignableFrom(field.getType())) {
                Object group = read(field, bean);
                String text = commandLine.getProperty(Setting.PREFIX + path);
                if (group instanceof ShortForm shortForm && text != null) {
                    shortForm.set(text);
                }
                fill(group, path + ".");
            } else if (field.isAnnotationPresent(Option.class)) {
                Object given = withoutNulls(read(field, bean));
                write(field, bean, given);
                String text = text(path, given);
                if (text != null) {
                    fill(bean, field, path, text);
                }
            }
        }
    }

    /** Maven gives null for an element without text: no element of a list, and the empty value of a map's key. */
    private static @Nullable Object withoutNulls(@Nullable Object given) {
        if (given instanceof List<?> list) {
            return list.stream().filter(Objects::nonNull).toList();
        } else if (given instanceof Map<?, ?> map) {
            Map<Object, Object> texts = new LinkedHashMap<>();
            map.forEach((key, value) -> texts.put(key, Objects.requireNonNullElse(value, "")));
            return texts;
        }
        return given;
    }

    private void fill(Object bean, Field field, String path, String text) {
        try {
            write(field, bean, convert(path, field, text));
        } catch (UserFailure e) {
            problems.addAll(e.problems());
        }
    }

    private @Nullable String text(String path, @Nullable Object current) {
        String key = Setting.PREFIX + path;
        String given = commandLine.getProperty(key);
        return given == null && current == null ? project.getProperty(key) : given;
    }

    private void refuseUnknown(Class<?> goal) {
        List<String> known = of(goal).stream().map(Leaf::path).toList();
        commandLine.stringPropertyNames().stream()
                .filter(name -> name.startsWith(Setting.PREFIX))
                .map(name -> name.substring(Setting.PREFIX.length()))
                .filter(path -> !known.contains(path) && !isShortForm(goal, path) && !isOfAnyGoal(path))
                .sorted()
                .map(path -> Problem.of(
                        "There is no setting '" + Setting.PREFIX + path + "'.",
                        "Take one of " + String.join(", ", known) + ", each behind '" + Setting.PREFIX + "'."))
                .forEach(problems::add);
    }

    private static boolean isShortForm(Class<?> goal, String path) {
        return fields(goal).stream()
                .anyMatch(field -> field.getName().equals(path) && ShortForm.class.isAssignableFrom(field.getType()));
    }

    private static boolean isOfAnyGoal(String path) {
        return GOALS.stream()
                .flatMap(goal -> of(goal).stream())
                .anyMatch(leaf -> leaf.path().equals(path));
    }

    private static Stream<Leaf> leaves(Class<?> type, String prefix) {
        return fields(type).stream().flatMap(field -> {
            String path = prefix + field.getName();
            Option option = field.getAnnotation(Option.class);
            if (option != null) {
                return Stream.of(new Leaf(path, field, option));
            }
            return Group.class.isAssignableFrom(field.getType()) ? leaves(field.getType(), path + ".") : Stream.empty();
        });
    }

    private static List<Field> fields(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            fields.addAll(0, Arrays.asList(c.getDeclaredFields()));
        }
        return fields;
    }

    /** The value, or none where a blank stands for the default. */
    private static @Nullable Object convert(String path, Field field, String text) {
        Class<?> type = field.getType();
        if (type == String.class) {
            return text;
        } else if (type == boolean.class || type == Boolean.class) {
            return flag(path, text);
        } else if (type == File.class) {
            return text.isBlank() ? null : new File(text);
        } else if (type == List.class) {
            return list(field, text);
        } else if (type == Map.class) {
            return map(path, text);
        }
        throw new IllegalStateException("No conversion to " + field.getGenericType());
    }

    private static boolean flag(String path, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw new UserFailure(
                        Problem.of("'" + text + "' is neither true nor false.", path, "Give true or false."));
        };
    }

    private static List<?> list(Field field, String text) {
        List<String> parts = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        Object element = ((ParameterizedType) field.getGenericType()).getActualTypeArguments()[0];
        if (element == ExtraPath.class) {
            return parts.stream().map(ExtraPath::of).toList();
        }
        return element == ExtraPermission.class
                ? parts.stream().map(ExtraPermission::of).toList()
                : parts;
    }

    private static Map<String, String> map(String path, String text) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : text.isBlank() ? new String[0] : text.split(",", -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new UserFailure(Problem.of(
                        "'" + pair + "' is not of the form name=value.",
                        path,
                        "Give name=value pairs, joined by commas."));
            }
            map.put(pair.substring(0, equals).strip(), pair.substring(equals + 1));
        }
        return map;
    }

    private static Object read(Field field, Object bean) {
        try {
            field.setAccessible(true);
            return field.get(bean);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Field field, Object bean, @Nullable Object value) {
        try {
            field.set(bean, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
