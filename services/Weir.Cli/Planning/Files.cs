using System.Globalization;

namespace Weir.Cli.Planning;

/// <summary>The files a plan is made from and written to.</summary>
internal sealed record Files(FileInfo? Input, FileInfo? Workers, FileInfo? Streams, FileInfo? Output)
{
    /// <summary>Two million streams with everything said about each stay below this.</summary>
    internal const long SizeMax = 512L * 1024 * 1024;

    internal Given Read()
    {
        if (Input is not null)
        {
            if (Workers is not null || Streams is not null)
                throw new InputException("--input and --workers/--streams are two ways to say the same: give one of them");
            return FleetJson.Read(Bytes(Input), Input.Name);
        }

        if (Workers is null || Streams is null)
            throw new InputException("No fleet was given. Right would be: weir plan --input fleet.json, or weir plan --workers w.csv --streams s.csv");
        return FleetCsv.Read(Bytes(Workers), Workers.Name, Bytes(Streams), Streams.Name);
    }

    private static byte[] Bytes(FileInfo file)
    {
        if (!file.Exists)
            throw new InputException($"{file.FullName} does not exist");
        // Refused by its size alone, before a byte is read: a file of gigabytes is no fleet.
        if (file.Length > SizeMax)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"{file.Name} has {file.Length:N0} bytes; the limit is {SizeMax:N0}, enough for more than a million streams"));
        }

        return File.ReadAllBytes(file.FullName);
    }
}
