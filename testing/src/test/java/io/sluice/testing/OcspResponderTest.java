package io.sluice.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OcspResponderTest {

    private final TestAuthority authority = TestAuthority.create("authority");

    @Test
    void certificateIsGoodUntilItIsRevoked() throws Exception {
        try (OcspResponder responder = new OcspResponder(authority)) {
            TestChain chain = authority.issue(CertificateProfile.of("localhost").ocspResponder(responder.url()));
            validate(chain);
            assertThat(responder.requestCount()).isEqualTo(1);

            responder.revoke(chain);
            assertThatThrownBy(() -> validate(chain))
                    .isInstanceOfSatisfying(
                            CertPathValidatorException.class,
                            e -> assertThat(e.getReason()).isEqualTo(BasicReason.REVOKED));
        }
    }

    private void validate(TestChain chain) throws Exception {
        CertPath path = CertificateFactory.getInstance("X.509")
                .generateCertPath(List.of(chain.leaf().certificate()));
        CertPathValidator validator = CertPathValidator.getInstance("PKIX");
        PKIXRevocationChecker revocation = (PKIXRevocationChecker) validator.getRevocationChecker();
        revocation.setOptions(Set.of(Option.NO_FALLBACK));
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority.certificate(), null)));
        parameters.addCertPathChecker(revocation);
        validator.validate(path, parameters);
    }
}
