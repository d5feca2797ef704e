namespace Weir.Worker.Radio.Stations;

/// <summary>A list of stations cannot be used; the message names the file, the line, what stands there and what would be right.</summary>
public sealed class StationListException : Exception
{
    internal StationListException(string file, int? line, string fault, Exception? inner = null)
        : base(line is { } number ? $"{file}, line {number}: {fault}" : $"{file}: {fault}", inner) => (File, Line) = (file, line);

    /// <summary>The list.</summary>
    public string File { get; }

    /// <summary>Where in it, from 1; null where it is not one line's fault.</summary>
    public int? Line { get; }
}
