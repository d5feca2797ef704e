using System.Data.Common;
using Microsoft.Data.Sqlite;
using Weir.Testing.Traits;

namespace Weir.Worker.Radio.Tests.Plays;

[Integration]
public sealed class SqliteRadioHandlerTests : RadioHandlerScenarios, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weir-plays-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task Handler_Titles_BecomePlays() => PlaysAreWrittenAsync();

    [Fact]
    public Task Handler_AfterAMove_GoesOnWithTheRowAndTheOldOwnerIsShutOut() => MoveGoesOnWithTheRowAndShutsTheOldOwnerOutAsync();

    [Fact]
    public Task Handler_Released_WritesWhatWasHeardLast() => ReleaseWritesWhatWasHeardLastAsync();

    [Theory]
    [InlineData(null, "needs a definition such as")]
    [InlineData("{}", "needs an address")]
    [InlineData("[]", "needs a definition such as")]
    [InlineData("""{"url":"file:///etc/passwd"}""", "only http and https")]
    [InlineData("""{"url":"http://user:secret@radio.example/"}""", "credentials")]
    public Task Handler_DefinitionThatIsNone_EndsWithTheReason(string? definition, string words) => DefinitionThatIsNoneEndsTheHandlerAsync(definition, words);

    private protected override RadioSinkKind Kind => RadioSinkKind.Sqlite;

    private protected override string ConnectionString => $"Data Source={Path.Combine(_folder, "plays.db")};Pooling=False";

    private protected override DbConnection Connect() => new SqliteConnection(ConnectionString);
}
