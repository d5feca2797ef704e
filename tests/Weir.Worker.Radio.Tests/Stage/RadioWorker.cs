using Weir.Contracts.Ownership;
using Weir.Worker.Testing;

namespace Weir.Worker.Radio.Tests.Stage;

/// <summary>The handler in the SDK's test host: a clock of the test's, no broker.</summary>
internal sealed class RadioWorker : IAsyncDisposable
{
    private readonly WeirTestHost _host;

    private RadioWorker(WeirTestHost host) => _host = host;

    internal WeirTestHost Host => _host;

    /// <param name="worker">Its name.</param>
    /// <param name="epochsBefore">How many grants came before: the next is above them.</param>
    /// <param name="configure">Sets the options.</param>
    internal static async Task<RadioWorker> StartAsync(string worker, int epochsBefore, Action<RadioOptions> configure)
    {
        var host = await WeirTestHost.StartAsync(services =>
        {
            services.AddRadio(options =>
            {
                options.AllowPrivateAddresses = true;
                configure(options);
            });
            services.AddWeirWorker(options => (options.WorkerId, options.Capacity) = (worker, 10)).HandleStreams<RadioHandler>(RadioHandler.Kind).HandleStreams<IdleHandler>("idle");
        });
        for (var epoch = 0; epoch < epochsBefore; epoch++)
            await host.Grant("idle", "idle");
        return new RadioWorker(host);
    }

    internal Task<long> ListenAsync(string station, string definition) => _host.Grant(station, RadioHandler.Kind, StreamClass.Fenced, definition);

    internal Task<long> ListenAsync(string station, Uri address) => ListenAsync(station, new RadioDefinition(address.AbsoluteUri).ToJson());

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
