using Npgsql;
using Weir.Testing.Files;
using Weir.Testing.Servers;

namespace Weir.Figures.Fleet;

/// <summary>The programs of a fleet and what each is told by its environment.</summary>
internal sealed class Programs(BrokerAddress broker, string connectionString, string logs, int tickMs)
{
    private const string Built = "release";
    private const string Published = "figures";

    /// <summary>A service of the control plane.</summary>
    public Task<ChildProgram> ServiceAsync(string service, int number, CancellationToken cancel, IReadOnlyDictionary<string, string?>? also = null)
    {
        var environment = Bus(broker);
        environment["Weir__Store__Kind"] = "Postgres";
        environment["Weir__Store__ConnectionString"] = connectionString;
        Add(environment, also);
        return ChildProgram.StartAsync($"{service}-{number}", Of($"Weir.{service}"), [], environment, cancel);
    }

    /// <summary>A worker whose streams tick.</summary>
    /// <param name="worker">Its name.</param>
    /// <param name="through">The broker's port for it, where a proxy stands before it.</param>
    /// <param name="capacity">How many streams it can carry.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<ChildProgram> TickerAsync(string worker, int? through, int capacity, CancellationToken cancel)
    {
        var environment = Worker(worker, through, capacity);
        environment["Weir__Ticker__LogDirectory"] = logs;
        environment["Weir__Ticker__Interval"] = $"{TimeSpan.FromMilliseconds(tickMs)}";
        environment["Weir__Ticker__Sink"] = "Postgres";
        // Eight workers that claim fifty streams each at once would take all the connections the server has.
        environment["Weir__Ticker__ConnectionString"] = $"{connectionString};Maximum Pool Size=4;Max Auto Prepare=8";
        return ChildProgram.StartAsync(worker, Of("Weir.Worker.Ticker"), [], environment, cancel);
    }

    /// <summary>A worker that listens to stations on loopback.</summary>
    public Task<ChildProgram> RadioAsync(string worker, int capacity, CancellationToken cancel)
    {
        var environment = Worker(worker, through: null, capacity);
        environment["Weir__Radio__Sink"] = "Postgres";
        environment["Weir__Radio__ConnectionString"] = connectionString;
        environment["Weir__Radio__AllowPrivateAddresses"] = "true";
        return ChildProgram.StartAsync(worker, Of("Weir.Worker.Radio"), [], environment, cancel);
    }

    /// <summary>Where a program of this repository is: as it is published, where <c>tests/figures.sh</c> did that, else as it was built.</summary>
    public static string Of(string project)
    {
        var published = Path.Combine(RepositoryRoot.Path, "artifacts", Published, project, project);
        return File.Exists(published) ? published : Path.Combine(RepositoryRoot.Path, "artifacts", "bin", project, Built, project);
    }

    private Dictionary<string, string?> Worker(string worker, int? through, int capacity) => new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["Weir__Bus__Address"] = (through is { } port ? broker.Through(port) : broker).Amqp.AbsoluteUri,
        ["Weir__Worker__WorkerId"] = worker,
        ["Weir__Worker__Capacity"] = $"{capacity}",
        ["Weir__Worker__DataDirectory"] = Path.Combine(logs, "data"),
    };

    private static Dictionary<string, string?> Bus(BrokerAddress at) => new(StringComparer.Ordinal)
    {
        ["DOTNET_gcServer"] = "0",
        ["Weir__Bus__Hosts__0"] = at.Amqp.Host,
        ["Weir__Bus__Port"] = $"{at.Amqp.Port}",
        ["Weir__Bus__VirtualHost"] = at.VirtualHost,
        ["Weir__Bus__User"] = at.Credential.UserName,
        ["Weir__Bus__Password"] = at.Credential.Password,
    };

    private static void Add(Dictionary<string, string?> environment, IReadOnlyDictionary<string, string?>? also)
    {
        foreach (var (name, value) in also ?? new Dictionary<string, string?>()) environment[name] = value;
    }

    /// <summary>The database of the fleet, made on the server.</summary>
    public static async Task<string> DatabaseAsync(DatabaseServer server, CancellationToken cancel)
    {
        var address = server.Address.On("weir");
        await using var connection = new NpgsqlConnection(server.Address.Unpooled().ConnectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("create database weir", connection);
        await command.ExecuteNonQueryAsync(cancel);
        return address.ConnectionString;
    }
}
