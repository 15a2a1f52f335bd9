package io.github.lambdacontainer.ecr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

class ToldRetriesTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatTheStrategySaysOfTheClientsDefaultsCounts(boolean uses) {
        RetryStrategy strategy = AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .useClientDefaults(uses)
                .build();

        assertThat(new ToldRetries(strategy, (failure, delay) -> {}).useClientDefaults())
                .isEqualTo(uses);
    }
}
