using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Weir.Bus;
using Weir.Persistence;
using Weir.Persistence.Settings;
using Weir.ServiceDefaults;
using Weir.Testing.Traits;

namespace Weir.Registry.Tests;

/// <summary>What a person set wrong is said at once, all of it, and the program does not start.</summary>
[Unit]
public sealed class OptionsTests
{
    [Fact]
    public void Start_SeveralOptionsWrong_SaysThemAll()
    {
        var host = Build(("Weir:Registry:BeatBatchMax", "0"), ("Weir:Registry:CleanupEvery", "soon"), ("Weir:Registry:BeatBatchMx", "5"));

        var refused = Assert.Throws<OptionsValidationException>(() => host.Services.GetRequiredService<IOptions<RegistryOptions>>().Value);

        Assert.Equal(3, refused.Failures.Count());
        Assert.Contains("Weir:Registry:BeatBatchMax is '0'; 1 to 250 is right", refused.Failures);
        Assert.Contains("Weir:Registry:CleanupEvery is 'soon'; it takes a duration such as 00:00:05", refused.Failures);
        Assert.Contains(refused.Failures, words => words.StartsWith("Weir:Registry:BeatBatchMx is no option; Weir:Registry has BeatBatchMax", StringComparison.Ordinal));
    }

    [Fact]
    public void Start_BusFromItsSection_IsBound()
    {
        var host = Build(("Weir:Bus:Transport", "InMemory"), ("Weir:Bus:Hosts:0", "a"), ("Weir:Bus:Hosts:1", "b"));

        var bus = host.Services.GetRequiredService<IOptions<WeirBusOptions>>().Value;

        Assert.Equal(BusTransport.InMemory, bus.Transport);
        Assert.Equal(["a", "b"], bus.Hosts);
    }

    [Fact]
    [Seed("orchestrator.orchestrator-initialization")]
    public async Task Start_WithoutTables_RefusesWithExitCodeOne()
    {
        var host = Build(("Weir:Bus:Transport", "InMemory"), ("Weir:Store:ConnectionString", $"Data Source={Path.Combine(Path.GetTempPath(), "weir-none", "none.db")}"));

        Assert.Equal(1, await host.RunWeirAsync());
    }

    private static IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([.. settings.Select(one => KeyValuePair.Create<string, string?>(one.Key, one.Value)), new("Weir:Store:Kind", "Sqlite")]);
        builder.AddWeirServiceDefaults();
        builder.Services.AddWeirStore(builder.Configuration, "registry");
        builder.Services.AddWeirRegistry(DatabaseKind.Sqlite);
        return builder.Build();
    }
}
