/** What the tests share: applications, peers, balancers, and the beans that they deploy. */
@NullMarked
package io.sluice.it.support;

import org.jspecify.annotations.NullMarked;
