using System.Globalization;
using Weir.Contracts.Catalogue;
using Weir.Contracts.Ownership;

namespace Weir.Cli.Dev.Demo;

/// <summary>What the demo consists of: its streams, its workers' names and what they can carry.</summary>
internal static class DemoFleet
{
    // So many that two of six may go and the rest still find room.
    private const double Filled = 0.6;
    private const double LargerBy = 1.5;
    private const int LargerEach = 3;

    internal static IReadOnlyList<StreamDeclaration> Streams(int count) =>
        [.. Enumerable.Range(1, count).Select(number => new StreamDeclaration(Stream(number), DemoHandler.Kind, Class: StreamClass.Fenced))];

    internal static string Stream(int number) => string.Create(CultureInfo.InvariantCulture, $"station-{number:000}");

    internal static string Worker(int number) => string.Create(CultureInfo.InvariantCulture, $"w{number}");

    /// <summary>What a worker can carry: every third half as much again, so that "level" means a share and not a count.</summary>
    /// <param name="number">Which worker, 1 upwards.</param>
    /// <param name="workers">How many there are to begin with.</param>
    /// <param name="streams">How many streams they shall carry.</param>
    internal static double Capacity(int number, int workers, int streams)
    {
        var shares = Enumerable.Range(1, workers).Sum(Share);
        return Math.Max(5, Math.Ceiling(Share(number) * streams / Filled / shares));
    }

    private static double Share(int number) => number % LargerEach == 0 ? LargerBy : 1;
}
