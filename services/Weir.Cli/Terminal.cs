using System.Text;

namespace Weir.Cli;

/// <summary>Where a verb writes: data to one side, words to the other, and whether a person is looking at the data.</summary>
internal sealed record Terminal(TextWriter Data, TextWriter Words, bool IsPerson, bool Colour, int Width)
{
    internal static Terminal OfThisProcess()
    {
        // Bars need more than ASCII, and a pipe wants no byte order mark.
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        var isPerson = !Console.IsOutputRedirected;
        var colour = isPerson && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new Terminal(Console.Out, Console.Error, isPerson, colour, isPerson ? Math.Max(Console.WindowWidth, 60) : 100);
    }
}
