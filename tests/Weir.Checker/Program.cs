namespace Weir.Checker;

/// <summary>0 clean, 1 found something, 2 wrong usage.</summary>
internal static class Program
{
    private const int Clean = 0;
    private const int Found = 1;
    private const int Usage = 2;

    public static async Task<int> Main(string[] args)
    {
        try
        {
            var options = CheckerOptions.Parse(args);
            var report = await Check.RunAsync(options, CancellationToken.None);
            await Console.Out.WriteLineAsync(options.Json ? report.ToJson() : report.ToText());
            return report.IsClean ? Clean : Found;
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync(e.Message);
            await Console.Error.WriteLineAsync(CheckerOptions.Usage);
            return Usage;
        }
    }
}
