package dev.turnpike.testkit.node;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class, or all subclasses of one, that needs Node 22 and the npm peers. Where they are
 * missing they are installed if that is asked for ({@code CI=true}, or {@code
 * -Dturnpike.peers=true}), and the class fails if that does not work; else the class is skipped,
 * with one line that says how to get them.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(PeersCondition.class)
public @interface NeedsPeers {}
