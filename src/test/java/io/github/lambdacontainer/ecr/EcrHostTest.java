package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

class EcrHostTest {

    @ParameterizedTest
    @CsvSource({
        "123456789012.dkr.ecr.eu-central-1.amazonaws.com, eu-central-1, false, false, amazonaws.com",
        "123456789012.dkr.ecr-fips.us-east-1.amazonaws.com, us-east-1, true, false, amazonaws.com",
        "123456789012.dkr-ecr.us-west-2.on.aws, us-west-2, false, true, amazonaws.com",
        "123456789012.dkr-ecr-fips.us-east-2.on.aws, us-east-2, true, true, amazonaws.com",
        "123456789012.dkr.ecr.us-gov-west-1.amazonaws.com, us-gov-west-1, false, false, amazonaws.com",
        "123456789012.dkr.ecr-fips.us-gov-east-1.amazonaws.com, us-gov-east-1, true, false, amazonaws.com",
        "123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn, cn-north-1, false, false, amazonaws.com.cn",
        "123456789012.dkr-ecr.cn-northwest-1.on.amazonwebservices.com.cn, cn-northwest-1, false, true,"
                + " amazonaws.com.cn",
        "123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu, eusc-de-east-1, false, false, amazonaws.eu",
        "123456789012.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu, eusc-de-east-1, false, true, amazonaws.eu",
        "123456789012.dkr.ecr.us-iso-east-1.c2s.ic.gov, us-iso-east-1, false, false, c2s.ic.gov",
        "123456789012.dkr.ecr.us-isob-east-1.sc2s.sgov.gov, us-isob-east-1, false, false, sc2s.sgov.gov",
        "123456789012.dkr.ecr.eu-isoe-west-1.cloud.adc-e.uk, eu-isoe-west-1, false, false, cloud.adc-e.uk",
        "123456789012.dkr.ecr.us-isof-south-1.csp.hci.ic.gov, us-isof-south-1, false, false, csp.hci.ic.gov",
    })
    void knowsTheHostsOfAllPartitions(String host, String region, boolean fips, boolean dualStack, String plain) {
        assertThat(EcrHost.of(host)).hasValueSatisfying(found -> {
            assertThat(found.account()).isEqualTo("123456789012");
            assertThat(found.region()).isEqualTo(region);
            assertThat(found.fips()).isEqualTo(fips);
            assertThat(found.dualStack()).isEqualTo(dualStack);
        });
        assertThat(Ecr.isPrivate(host)).isTrue();
        assertThat(Ecr.functionHost(host)).isEqualTo("123456789012.dkr.ecr." + region + "." + plain);
    }

    /** A new partition of the SDK must not be left out. */
    @Test
    void knowsTheHostOfEveryRegionOfTheSdk() {
        assertThat(Region.regions().stream().filter(region -> !region.isGlobalRegion()))
                .hasSizeGreaterThan(40)
                .allSatisfy(region -> {
                    String host = "123456789012.dkr.ecr." + region + "."
                            + PartitionMetadata.of(region).dnsSuffix();
                    assertThat(Ecr.isPrivate(host)).as(host).isTrue();
                    assertThat(Ecr.functionHost(host)).isEqualTo(host);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker.io",
                "public.ecr.aws",
                "localhost:5000",
                "12345678901.dkr.ecr.eu-central-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com.evil.example",
                "evil.example.123456789012.dkr.ecr.eu-central-1.amazonaws.com",
                "123456789012.dkr.ecr.eu-central-1.amazonaws-com",
                "123456789012.dkr.ecr.eu-central-1.amazonaws.com:5000",
                "123456789012.dkr.ecr.eu.central.1.amazonaws.com"
            })
    void takesNoOtherHostForEcr(String host) {
        assertThat(Ecr.isPrivate(host)).isFalse();
        assertThat(Ecr.functionHost(host)).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"public.ecr.aws", "ecr-public.aws.com"})
    void knowsThePublicGallery(String host) {
        assertThat(EcrHost.isPublic(host)).isTrue();
    }
}
