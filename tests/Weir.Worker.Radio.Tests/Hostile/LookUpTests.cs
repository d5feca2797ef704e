using System.Collections.Concurrent;
using System.Net;
using Weir.Testing.Traits;
using Weir.Testing.Waiting;
using Weir.Worker.Radio.Http;
using Weir.Worker.Radio.Tuning;

namespace Weir.Worker.Radio.Tests.Hostile;

/// <summary>What a name may answer with, and how long and how often it may be asked for.</summary>
[Unit]
public sealed class LookUpTests
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task LookUp_PublicAndPrivateAddresses_GivesThePublicOnesAlone()
    {
        var guard = Guard(_ => Task.FromResult(Addresses("127.0.0.1", "1.1.1.1", "169.254.169.254", "::1", "8.8.8.8")));

        Assert.Equal(Addresses("1.1.1.1", "8.8.8.8"), await guard.LookUpAsync("radio.example", Cancel));
    }

    [Fact]
    public async Task LookUp_PrivateAddressesAlone_IsRefused()
    {
        var guard = Guard(_ => Task.FromResult(Addresses("10.0.0.1", "::1")));

        Assert.Equal(TuningFault.PrivateAddress, (await Assert.ThrowsAsync<TuningException>(() => guard.LookUpAsync("radio.example", Cancel))).Fault);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task LookUp_HundredAddresses_GivesTheFirstFour(bool allowsPrivate)
    {
        var many = Enumerable.Range(1, 100).Select(last => IPAddress.Parse($"8.8.4.{last}")).ToArray();

        Assert.Equal(many[..4], await Guard(_ => Task.FromResult(many), allowsPrivate).LookUpAsync("radio.example", Cancel));
    }

    [Fact]
    public async Task LookUp_ResolverHangs_IsGivenUpWithWhoeverAsked_AndHoldsItsPlace()
    {
        var (asked, answer) = (new ConcurrentBag<string>(), new TaskCompletionSource<IPAddress[]>(TaskCreationOptions.RunContinuationsAsynchronously));
        var guard = Guard(host =>
        {
            asked.Add(host);
            return answer.Task;
        });
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var first = Enumerable.Range(0, AtOnce).Select(number => guard.LookUpAsync($"{number}.example", patience.Token)).ToList();
        await patience.CancelAsync();
        foreach (var one in first)
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one.WaitAsync(Patience.Scale(Bound), Cancel));

        var next = guard.LookUpAsync("next.example", Cancel);
        Assert.Equal(AtOnce, asked.Count);
        answer.SetResult(Addresses("1.1.1.1"));

        Assert.Equal(Addresses("1.1.1.1"), await next.WaitAsync(Patience.Scale(Bound), Cancel));
        Assert.Equal(AtOnce + 1, asked.Count);
    }

    private static AddressGuard Guard(Func<string, Task<IPAddress[]>> resolve, bool allowsPrivate = false) =>
        new(Microsoft.Extensions.Options.Options.Create(new RadioOptions { AllowPrivateAddresses = allowsPrivate }), resolve);

    private static IPAddress[] Addresses(params string[] addresses) => [.. addresses.Select(IPAddress.Parse)];
}
