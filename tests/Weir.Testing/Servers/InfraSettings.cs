using System.Globalization;

namespace Weir.Testing.Servers;

/// <summary>What the environment says about servers, read once. A variable that is empty counts as not set.</summary>
internal sealed record InfraSettings(ServerKind? Forced, string? RabbitMq, string? Management, string? Postgres, string? LogFile)
{
    public const string ForcedVariable = "WEIR_TEST_INFRA";
    public const string RabbitMqVariable = "WEIR_TEST_RABBITMQ";
    public const string ManagementVariable = "WEIR_TEST_RABBITMQ_MANAGEMENT";
    public const string PostgresVariable = "WEIR_TEST_POSTGRES";
    public const string LogVariable = "WEIR_TEST_INFRA_LOG";

    /// <exception cref="FormatException">The forced kind is not one of the three.</exception>
    public static InfraSettings Read(Func<string, string?> variable)
    {
        return new InfraSettings(
            Kind(Set(ForcedVariable)), Set(RabbitMqVariable), Set(ManagementVariable), Set(PostgresVariable), Set(LogVariable));

        string? Set(string name) => variable(name) is { Length: > 0 } text ? text : null;
    }

    public bool Allows(ServerKind kind) => Forced is null || Forced == kind;

    /// <summary>Why the environment's addresses cannot be used, or null where they can.</summary>
    public string? AddressObstacle() => (RabbitMq, Postgres) switch
    {
        (null, null) => $"{RabbitMqVariable} and {PostgresVariable} are not set",
        (null, _) => $"{RabbitMqVariable} is not set, {PostgresVariable} is",
        (_, null) => $"{PostgresVariable} is not set, {RabbitMqVariable} is",
        _ => null,
    };

    private static ServerKind? Kind(string? text) => text?.ToLower(CultureInfo.InvariantCulture) switch
    {
        null => null,
        "env" => ServerKind.Env,
        "docker" => ServerKind.Docker,
        "local" => ServerKind.Local,
        _ => throw new FormatException($"{ForcedVariable} is '{text}'; it may be env, docker or local, or not be set."),
    };
}
