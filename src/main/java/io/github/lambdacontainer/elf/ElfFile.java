package io.github.lambdacontainer.elf;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the dynamic loader reads of an ELF file (System V ABI, "Dynamic Linking"; symbol versions: Linux Standard Base,
 * "Symbol Versioning").
 *
 * @param machine its instruction set
 * @param is64Bit whether it is of the 64-bit class
 * @param interpreter the loader it asks for, such as {@code /lib64/ld-linux-x86-64.so.2}; empty for a library or a static program
 * @param needed the names of the libraries it needs ({@code DT_NEEDED}), in order
 * @param requiredVersions the symbol versions it needs of others, such as {@code GLIBC_2.34}, sorted
 * @param definedVersions the symbol versions it offers, sorted, without the entry that only repeats its own name
 */
public record ElfFile(
        ElfMachine machine,
        boolean is64Bit,
        Optional<String> interpreter,
        List<String> needed,
        Set<String> requiredVersions,
        Set<String> definedVersions) {}
