using System.Text;

namespace Weir.Cli;

/// <summary>Where a verb writes: data to one side, words to the other, and whether a person is looking at the data.</summary>
internal sealed record Terminal(TextWriter Data, TextWriter Words, bool IsPerson, bool Colour, int Width)
{
    /// <summary>Where a person answers questions; null where nobody can be asked.</summary>
    internal TextReader? Answers { get; init; }

    /// <summary>Whether words go to a person, who likes to see a figure change in place.</summary>
    internal bool WordsToPerson { get; init; }

    /// <summary>Tells how long a wait has lasted.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal static Terminal OfThisProcess()
    {
        // Bars need more than ASCII, and a pipe wants no byte order mark.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isPerson = !Console.IsOutputRedirected;
        var colour = isPerson && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, isPerson, colour, isPerson ? Math.Max(Console.WindowWidth, 60) : 100)
        {
            Answers = Console.IsInputRedirected ? null : Console.In,
            WordsToPerson = !Console.IsErrorRedirected,
        };
    }
}
