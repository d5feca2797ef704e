namespace Weir.Cli.Errors;

/// <summary>A person who can be asked; nobody where the input is no terminal.</summary>
/// <param name="Answer">Waits for a line; null where nobody is there.</param>
internal sealed record Prompt(Func<string?>? Answer)
{
    internal static Prompt OfThisProcess() => new(Console.IsInputRedirected ? null : Console.In.ReadLine);
}
