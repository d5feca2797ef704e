using Microsoft.Extensions.Options;

namespace Weir.ServiceDefaults;

/// <summary>Why a program did not start, for the person who reads its log: one line a fault, and no stack.</summary>
internal static class StartRefusal
{
    internal static IEnumerable<string> Words(Exception refusal) => refusal switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Words).Distinct(StringComparer.Ordinal),
        // What both the options' own project and this one check is worded alike.
        OptionsValidationException options => options.Failures.Distinct(StringComparer.Ordinal),
        // What says itself what to do needs no type's name before it.
        _ when refusal.GetType().Namespace?.StartsWith("Weir", StringComparison.Ordinal) == true => [refusal.Message],
        _ => [$"{refusal.GetType().Name}: {refusal.Message}"],
    };
}
