package io.github.lambdacontainer.elf;

/** The instruction set of an ELF file ({@code e_machine}; System V ABI, "ELF Header"). */
public enum ElfMachine {
    /** {@code EM_X86_64}, 62. */
    X86_64,
    /** {@code EM_AARCH64}, 183. */
    AARCH64,
    /** Anything that Lambda does not run. */
    OTHER;

    static ElfMachine of(int number) {
        return switch (number) {
            case 62 -> X86_64;
            case 183 -> AARCH64;
            default -> OTHER;
        };
    }
}
