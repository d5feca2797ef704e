using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Weir.Contracts.Registration;
using Weir.Registry.Tests.Stage;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;

namespace Weir.Registry.Tests;

/// <summary>A registration with one wrong field, through the broker: the answer names the field, its value and what is right.</summary>
[Integration]
[Slow]
public sealed class RefusalTests(RegistryScope scope) : IClassFixture<RegistryScope>
{
    private const string PartRule = "1 to 64 letters, digits or hyphens, a letter or digit first, are right";
    private static readonly string Long = new('x', 5000);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static IReadOnlyList<(Func<RegisterWorker, RegisterWorker> Spoil, string Reason)> Faults { get; } =
    [
        (good => good with { Attempt = 0 }, "Attempt is '0'; 1 or more is right"),
        (good => good with { Pool = "no pool!" }, "Pool is 'no pool!'; 1 to 64 letters, digits or any of . _ -, a letter or digit first, are right"),
        (good => good with { Pool = Long }, $"Pool is '{Long[..40]}…' (5000 characters); 1 to 64 letters, digits or any of . _ -, a letter or digit first, are right"),
        (good => good with { Capacity = 0 }, "Capacity is '0'; a number above 0 and at most 1,000,000 is right"),
        (good => good with { Capacity = -1 }, "Capacity is '-1'; a number above 0 and at most 1,000,000 is right"),
        (good => good with { Capacity = 2e6 }, "Capacity is '2000000'; a number above 0 and at most 1,000,000 is right"),
        (good => good with { Parts = 0 }, "Parts is '0'; 1 to "),
        (good => good with { Parts = 100_000 }, "Parts is '100000'; 1 to "),
        (good => good with { Part = 0 }, "Part is '0'; 1 to Parts, 1, is right"),
        (good => good with { Part = 3, Parts = 2 }, "Part is '3'; 1 to Parts, 2, is right"),
        (good => good with { Version = Long }, $"Version is '{Long[..40]}…' (5000 characters); at most 64 characters and no control character are right"),
        (good => good with { Labels = Enumerable.Range(0, 17).ToDictionary(i => $"l{i}", _ => "x", StringComparer.Ordinal) }, "Labels is '17 labels'; at most 16 are right"),
        (good => good with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["zone"] = Long } }, $"Labels.zone is '{Long[..40]}…' (5000 characters); at most 64 characters and no control character are right"),
        (good => good with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["zone"] = "a\0b" } }, "Labels.zone is 'a?b'; at most 64 characters and no control character are right"),
        (good => good with { Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["a\n"] = "a" } }, "Labels is 'a?'; names of 1 to 64 characters and no control character are right"),
        (good => good with { Version = "1\0" }, "Version is '1?'; at most 64 characters and no control character are right"),
        (good => good with { HighestEpoch = -1 }, "HighestEpoch is '-1'; 0 to 2^53 - 1 is right"),
        (good => good with { HighestEpoch = 1L << 53 }, "HighestEpoch is '9007199254740992'; 0 to 2^53 - 1 is right"),
        (good => good with { Predecessor = "no process!" }, $"Predecessor is 'no process!'; {PartRule}"),
        (good => good with { Holdings = [.. Enumerable.Range(0, 201).Select(i => new Holding($"s{i}", 1, Stopping: false))] }, "Holdings is '201 streams'; at most 200 a part are right"),
        (good => good with { Holdings = [new Holding("no stream!", 1, Stopping: false)] }, "Holdings.StreamId is 'no stream!'; 1 to 128 letters, digits or any of . _ : -, a letter or digit first, are right"),
        (good => good with { Holdings = [new Holding("s1", 0, Stopping: false)] }, "Holdings.Epoch is '0'; 1 to 2^53 - 1 is right"),
    ];

    [Fact]
    [Seed("orchestrator.instance-registration-success-failure")]
    public async Task Register_OneFieldWrong_IsRefusedWithFieldValueAndWhatIsRight()
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "spoiled");

        for (var attempt = 1; attempt <= Faults.Count; attempt++)
        {
            var sent = Faults[attempt - 1].Spoil(worker.Registration(attempt));
            await worker.AskAsync(sent);
            var refused = await worker.Client.FirstAsync<RegistrationRefused>(answer => answer.Attempt == sent.Attempt);

            Assert.False(refused.Superseded, refused.Reason);
            Assert.StartsWith(Faults[attempt - 1].Reason, refused.Reason, StringComparison.Ordinal);
            Assert.EndsWith(" right", refused.Reason, StringComparison.Ordinal);
        }

        // The rest goes on: the same worker with nothing wrong is let in, and nothing of the others was kept.
        Assert.True(await worker.RegisterAsync(Faults.Count + 1) > 0, "the good registration was not taken");
        Assert.Equal(1, await registry.ReadAsync((db, token) => db.Leases.CountAsync(token)));
        Assert.Equal(0, await registry.ReadAsync((db, token) => db.Parts.CountAsync(token)));
    }

    [Theory]
    [InlineData("WorkerId", "no worker!")]
    [InlineData("ProcessId", "")]
    public async Task Register_NobodyCanBeTold_IsParkedWithItsReason(string field, string value)
    {
        await using var registry = await RegistryHost.StartAsync(scope.Broker, scope.Database);
        await using var worker = await RawWorker.StartAsync(scope.Broker, "nobody");
        var good = worker.Registration();

        await worker.AskAsync(field == "WorkerId" ? good with { WorkerId = value } : good with { ProcessId = value });
        var fault = await Eventually.GetAsync("the parked registration", _ => worker.Client.ParkedAsync("weir.registry.register"), TimeSpan.FromSeconds(20), Cancel);

        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{field} is '{value}'; {PartRule}"), fault);
    }
}
