using System.CommandLine;
using Weir.Cli.Showing;

namespace Weir.Cli.Asking;

/// <summary>One run of a verb that asks the API.</summary>
/// <param name="Api">Who is asked.</param>
/// <param name="Show">Where the answer goes.</param>
/// <param name="Consent">Who agrees to a change.</param>
/// <param name="Given">The verb's own options.</param>
/// <param name="IsDryRun">Says what would be done and does nothing.</param>
/// <param name="Cancel">Ctrl-C.</param>
internal sealed record Call(ApiClient Api, Show Show, Consent Consent, ParseResult Given, bool IsDryRun, CancellationToken Cancel)
{
    internal T Of<T>(Option<T> option) => Given.GetValue(option)!;

    internal T Of<T>(Argument<T> argument) => Given.GetValue(argument)!;
}
