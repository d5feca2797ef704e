using System.Text;
using Microsoft.Extensions.Logging;

namespace Weir.Cli.Dev.Hosting;

/// <summary>
/// What all hosts of the process log, one line an event: the terminal belongs to the picture. At most two files of 10 MB: a full one
/// is kept as <c>….1</c> and a new one begun. A disk that is full costs lines, not the run.
/// </summary>
internal sealed class LogFile : ILoggerProvider
{
    private const long BytesMax = 10_000_000;

    private readonly Lock _gate = new();
    private readonly string _path;
    private readonly TimeProvider _clock;
    private StreamWriter? _writer;

    internal LogFile(string path, TimeProvider clock) => (_path, _clock, _writer) = (path, clock, Open(path));

    public ILogger CreateLogger(string categoryName) => new LogFileLogger(this, categoryName);

    public void Dispose()
    {
        lock (_gate)
            Close();
    }

    internal void Write(LogLevel level, string category, string words, Exception? fault)
    {
        var line = $"{_clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {Short(level)} {category}: {words.ReplaceLineEndings(" ")}{(fault is null ? "" : Environment.NewLine + fault)}";
        lock (_gate)
        {
            if (_writer is null)
                return;
            try
            {
                _writer.WriteLine(line);
                if (_writer.BaseStream.Length > BytesMax)
                    Turn();
            }
            catch (IOException)
            {
                // Nobody could be told: this is where it would be told.
            }
        }
    }

    private void Turn()
    {
        Close();
        try
        {
            File.Move(_path, _path + ".1", overwrite: true);
        }
        finally
        {
            _writer = Open(_path);
        }
    }

    private void Close()
    {
        try
        {
            _writer?.Dispose();
        }
        catch (IOException)
        {
            // What a full disk did not take is lost.
        }

        _writer = null;
    }

    private static StreamWriter Open(string path) =>
        new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };

    private static string Short(LogLevel level) => level switch
    {
        LogLevel.Critical => "crit",
        LogLevel.Error => "fail",
        LogLevel.Warning => "warn",
        LogLevel.Information => "info",
        _ => "dbug",
    };
}
