package io.sluice.cdi;

/**
 * An endpoint that discovery found nothing wrong with.
 *
 * @param method what serves it
 * @param arguments what the method has injected
 */
record FoundEndpoint(EndpointMethod method, EndpointArguments arguments) {}
