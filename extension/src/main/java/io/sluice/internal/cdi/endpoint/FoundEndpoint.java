package io.sluice.internal.cdi.endpoint;

/**
 * An endpoint that discovery found nothing wrong with.
 *
 * @param method what serves it
 * @param arguments what the method has injected
 */
record FoundEndpoint(EndpointMethod method, EndpointArguments arguments) {}
