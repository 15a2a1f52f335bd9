package io.github.lambdacontainer.registry;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;

/**
 * What was answered, as soon as its headers are there.
 *
 * @param statusCode the HTTP status
 * @param uri the address that answered
 * @param headers its headers
 * @param body its body, which whoever asked closes
 */
record Response(int statusCode, URI uri, HttpHeaders headers, InputStream body) {}
