namespace Weir.Testing.Servers;

/// <summary>No way to a broker and a database worked. Says what was tried, in order, and what to do about it.</summary>
public sealed class ServersUnavailableException : Exception
{
    internal const string Install = "apt-get update && apt-get install -y --no-install-recommends rabbitmq-server postgresql";

    public ServersUnavailableException(IReadOnlyList<string> tried)
        : base($"No RabbitMQ and PostgreSQL for the tests. Tried:\n  {string.Join("\n  ", tried)}\n" +
            $"Start a Docker engine, or run: {Install}\n" +
            $"or set {InfraSettings.RabbitMqVariable} (amqp://user:password@host:port/) and {InfraSettings.PostgresVariable} " +
            "(Host=...;Username=...;Password=...).") => Tried = tried;

    /// <summary>One line for each way: its kind, then why it was passed over.</summary>
    public IReadOnlyList<string> Tried { get; }
}
