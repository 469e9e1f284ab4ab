package io.sluice.internal.token;

import java.nio.ByteBuffer;
import java.security.AlgorithmParameters;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.security.spec.AlgorithmParameterSpec;
import org.jspecify.annotations.Nullable;

/** A signature that the private provider of its key makes. It verifies nothing, because public keys need no token. */
final class TokenSignature extends SignatureSpi {

    private final String algorithm;
    private @Nullable Signature signing;
    private @Nullable AlgorithmParameterSpec parameters;

    TokenSignature(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
        if (!(key instanceof TokenKey token)) {
            throw new InvalidKeyException("not a key of a token");
        }
        try {
            Signature signature = Signature.getInstance(algorithm, token.provider());
            if (parameters != null) {
                signature.setParameter(parameters);
            }
            signature.initSign(token.key());
            signing = signature;
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new InvalidKeyException(token + " cannot sign with " + algorithm, e);
        }
    }

    @Override
    protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
        throw new InvalidKeyException("a token only signs");
    }

    private Signature signing() throws SignatureException {
        if (signing == null) {
            throw new SignatureException("not initialized");
        }
        return signing;
    }

    @Override
    protected void engineUpdate(byte b) throws SignatureException {
        signing().update(b);
    }

    @Override
    protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
        signing().update(bytes, offset, length);
    }

    @Override
    protected void engineUpdate(ByteBuffer bytes) {
        try {
            signing().update(bytes);
        } catch (SignatureException e) {
            throw new IllegalStateException(e); // The method declares no exception.
        }
    }

    @Override
    protected byte[] engineSign() throws SignatureException {
        return signing().sign();
    }

    @Override
    protected boolean engineVerify(byte[] signature) throws SignatureException {
        throw new SignatureException("a token only signs");
    }

    @Override
    protected void engineSetParameter(AlgorithmParameterSpec given) throws InvalidAlgorithmParameterException {
        parameters = given;
        if (signing != null) {
            signing.setParameter(given);
        }
    }

    @Override
    protected @Nullable AlgorithmParameters engineGetParameters() {
        return signing == null ? null : signing.getParameters();
    }

    @Override
    @Deprecated
    protected void engineSetParameter(String name, Object value) {
        throw new InvalidParameterException("use an AlgorithmParameterSpec");
    }

    @Override
    @Deprecated
    protected Object engineGetParameter(String name) {
        throw new InvalidParameterException("use getParameters");
    }
}
