package io.sluice.context;

/** A specifier behind which there is a context, or plain. */
interface Loadable {

    LoadedContext loaded() throws SslContextException;
}
