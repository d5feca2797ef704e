using System.CommandLine;

namespace Weir.Cli.Asking;

/// <summary>Where the API is and with which key it is asked: flags first, then the environment, then what `weir dev` uses.</summary>
internal static class ApiSource
{
    internal const string AddressVariable = "WEIR_API";
    internal const string KeyVariable = "WEIR_KEY_FILE";
    internal const string AddressDefault = "http://127.0.0.1:8088";

    internal static string KeyFileDefault { get; } = Path.Combine(".weir", "operator.key");

    internal static Option<string?> AddressOption() => new("--api") { Description = $"Where the API is; without it {AddressVariable}, then {AddressDefault}", HelpName = "http://…" };

    internal static Option<string?> KeyOption() => new("--key-file") { Description = $"The operator's key, which changes need; without it {KeyVariable}, then {KeyFileDefault}", HelpName = "file" };

    /// <exception cref="InputException">It is no address, or one to which a key must not go.</exception>
    internal static Uri Address(string? flag, Func<string, string?> variable)
    {
        var text = Given(flag) ?? Given(variable(AddressVariable)) ?? AddressDefault;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.AbsolutePath != "/" || address.Query.Length > 0)
            throw new InputException("The API's address", $"'{text}'", "one such as http://127.0.0.1:8088, without a path");
        return address.Scheme == "https" || address.IsLoopback
            ? address
            : throw new InputException("The API's address", $"'{text}', another machine without TLS", "https, or a tunnel to it such as ssh -L 8088:127.0.0.1:8088");
    }

    internal static string KeyFile(string? flag, Func<string, string?> variable) => Given(flag) ?? Given(variable(KeyVariable)) ?? KeyFileDefault;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
