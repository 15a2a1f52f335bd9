/** What a native file needs: its interpreter, libraries and symbol versions, read from its ELF headers. */
@NullMarked
package io.github.lambdacontainer.elf;

import org.jspecify.annotations.NullMarked;
