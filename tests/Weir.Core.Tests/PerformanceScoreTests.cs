using CsCheck;
using Weir.Core.Balance;
using Weir.Testing.Traits;

namespace Weir.Core.Tests;

[Unit]
public sealed class PerformanceScoreTests
{
    [Theory]
    [InlineData(0, 0, 0, 0, 0, 1.0)]
    [InlineData(0.5, 0.5, 2, 5, 0.5, 0.5)]
    [InlineData(0.2, 0.3, 1, 0, 0.05, 0.24 + 0.21 + 0.15 + 0.1 + 0.095)]
    [InlineData(1, 1, 4, 10, 1, 0.1)]
    [InlineData(150, 2, 99, 99, 99, 0.1)]
    [InlineData(150, 0, 0, 0, 0, 0.7)]
    [Seed("planner.performance-score-calculation")]
    public void Of_EverythingReported_GivesTheFormulasValue(double cpu, double memory, double load, double failures, double response, double wanted)
    {
        var score = PerformanceScore.Of(new WorkerMetrics { Cpu = cpu, Memory = memory, Load1 = load, Failures = failures, ResponseSeconds = response });

        Assert.Equal(wanted, score.Value, 1e-12);
        Assert.Empty(score.Missing);
    }

    [Fact]
    public void Of_MissingMetrics_AreNeutralAndSaidSo()
    {
        var half = PerformanceScore.Of(new WorkerMetrics { Cpu = 0.5 });

        Assert.Equal(0.5, half.Value, 1e-12);
        Assert.Equal(["Memory", "Load1", "Failures", "ResponseSeconds"], half.Missing);
        Assert.Equal(1, PerformanceScore.Of(new WorkerMetrics()).Value);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Of_MetricThatIsNone_IsRefusedByName(double bad)
    {
        Assert.Contains("Cpu", Assert.Throws<ArgumentException>(() => PerformanceScore.Of(new WorkerMetrics { Cpu = bad })).Message, StringComparison.Ordinal);
        Assert.Contains("Failures", Assert.Throws<ArgumentException>(() => PerformanceScore.Of(new WorkerMetrics { Failures = bad })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_ScoreIsBetweenATenthAndOneAndFallsWithEveryMetric() =>
        Gen.Double[0, 3].Array[5].Sample(m =>
        {
            var metrics = new WorkerMetrics { Cpu = m[0], Memory = m[1], Load1 = m[2], Failures = m[3], ResponseSeconds = m[4] };
            var score = PerformanceScore.Of(metrics).Value;

            Assert.InRange(score, 0.1, 1);
            Assert.True(PerformanceScore.Of(metrics with { Cpu = m[0] + 0.1 }).Value <= score + 1e-12);
            Assert.True(PerformanceScore.Of(metrics with { Load1 = m[2] + 0.1 }).Value <= score + 1e-12);
        });
}
