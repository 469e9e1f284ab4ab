package io.sluice.context;

/**
 * What {@link KeyMaterialSource} and {@link TrustMaterialSource} have in common: they say when their material has changed.
 */
public interface MaterialSource {

    /**
     * Receives an action, which the source runs when its material has changed. This method is called once, before the material is first
     * asked for. A source whose material never changes need not override it.
     *
     * <p>The action may be run at any time and by any thread. It returns immediately. The context is loaded again within a second, on
     * another thread. Several runs in a short time may lead to one load. After the application has stopped, the action does nothing.
     *
     * @param changed the action
     */
    default void onChange(Runnable changed) {}
}
