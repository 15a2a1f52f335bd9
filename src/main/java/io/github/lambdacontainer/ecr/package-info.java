/** Knows Amazon ECR: its hosts, its credentials, its repositories and its refusals. */
@NullMarked
package io.github.lambdacontainer.ecr;

import org.jspecify.annotations.NullMarked;
