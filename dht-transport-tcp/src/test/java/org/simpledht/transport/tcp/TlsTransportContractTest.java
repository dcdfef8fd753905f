package org.simpledht.transport.tcp;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.simpledht.testkit.StreamTransportContract;
import org.simpledht.transport.TransportProvider;
import org.simpledht.transport.TransportSettings;

class TlsTransportContractTest extends StreamTransportContract {

    @TempDir
    private static Path directory;

    private static TransportSettings settings;

    @BeforeAll
    static void issue() throws Exception {
        Authority authority = new Authority("authority");
        settings = Authority.settings(directory, authority.issue("node"), authority);
    }

    @Override
    protected TransportProvider provider() {
        return new TlsTransportProvider();
    }

    @Override
    protected TransportSettings settings() {
        return settings;
    }
}
