using Weir.Cli.Storing;

namespace Weir.Cli.Dev;

/// <summary>A real broker and a real database. Never shown whole: both hold a password.</summary>
/// <param name="Bus">Such as <c>amqp://user:password@host:5672/vhost</c>.</param>
/// <param name="Store">The database.</param>
internal sealed record RealParts(Uri Bus, StoreAddress Store)
{
    /// <summary>Reads the two flags, which go together.</summary>
    /// <exception cref="InputException">One of them is missing or cannot be used.</exception>
    internal static RealParts? Of(string? bus, string? store, Func<string, string?> variable)
    {
        if (bus is null)
            return store is null ? null : throw new InputException("--store without --bus: give both for the real parts, or neither to have all in one process");
        if (!Uri.TryCreate(bus, UriKind.Absolute, out var uri) || uri.Scheme is not ("amqp" or "amqps") || uri.Host.Length == 0)
            throw new InputException("--bus", "no broker's address", "such as amqp://user:password@127.0.0.1:5672/");
        return new(uri, StoreAddress.Of(store, variable));
    }

    /// <summary>The broker as a person may read it.</summary>
    internal string Broker => $"{Bus.Host}:{(Bus.Port > 0 ? Bus.Port : Bus.Scheme == "amqps" ? 5671 : 5672)}";

    public override string ToString() => $"{Broker}, {Store}";
}
