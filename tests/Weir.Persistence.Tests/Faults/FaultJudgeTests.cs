using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Weir.Persistence.Faults;
using Weir.Persistence.Resilience;
using Weir.Testing.Traits;

namespace Weir.Persistence.Tests.Faults;

[Unit]
public sealed class FaultJudgeTests
{
    [Theory]
    [InlineData("40P01", FaultCategory.Deadlock)]
    [InlineData("40001", FaultCategory.Serialization)]
    [InlineData("55P03", FaultCategory.LockTimeout)]
    [InlineData("57P01", FaultCategory.ServerUnavailable)]
    [InlineData("57P02", FaultCategory.ServerUnavailable)]
    [InlineData("57P03", FaultCategory.ServerUnavailable)]
    [InlineData("25006", FaultCategory.ServerUnavailable)]
    [InlineData("08000", FaultCategory.ConnectionLost)]
    [InlineData("08006", FaultCategory.ConnectionLost)]
    [InlineData("08P01", FaultCategory.ConnectionLost)]
    [InlineData("53300", FaultCategory.ServerFull)]
    [InlineData("57014", FaultCategory.Timeout)]
    [Seed("2.3")]
    public void PassingFault_IsTransient(string code, FaultCategory category) => Judged(Server(code), category, code, transient: true);

    [Theory]
    [InlineData("23505", FaultCategory.Constraint)]
    [InlineData("23503", FaultCategory.Constraint)]
    [InlineData("23514", FaultCategory.Constraint)]
    [InlineData("22P02", FaultCategory.Data)]
    [InlineData("42601", FaultCategory.Syntax)]
    [InlineData("42P01", FaultCategory.Syntax)]
    [InlineData("3D000", FaultCategory.Syntax)]
    [InlineData("42501", FaultCategory.Permission)]
    [InlineData("28P01", FaultCategory.Permission)]
    [InlineData("53100", FaultCategory.DiskFull)]
    [InlineData("25P03", FaultCategory.DeadlineExceeded)]
    [InlineData("25P04", FaultCategory.DeadlineExceeded)]
    [InlineData("XX000", FaultCategory.Unknown)]
    [InlineData("", FaultCategory.Unknown)]
    public void LastingFault_IsNot(string code, FaultCategory category) => Judged(Server(code), category, code, transient: false);

    [Theory]
    [InlineData(5, FaultCategory.LockTimeout, true)]
    [InlineData(6, FaultCategory.LockTimeout, true)]
    [InlineData(19, FaultCategory.Constraint, false)]
    [InlineData(1, FaultCategory.Syntax, false)]
    [InlineData(8, FaultCategory.Permission, false)]
    [InlineData(13, FaultCategory.DiskFull, false)]
    [InlineData(11, FaultCategory.Unknown, false)]
    public void SqliteCode_IsMapped(int code, FaultCategory category, bool transient) =>
        Judged(new SqliteException("it said", code), category, $"SQLITE_{code}", transient);

    [Fact]
    public void BrokenSocket_UnderEfCoresExceptions_IsALostConnection() =>
        Judged(new DbUpdateException("saving", new NpgsqlException("reading", new IOException("reset"))), FaultCategory.ConnectionLost, null, transient: true);

    [Fact]
    public void SlowAnswer_IsATimeout() => Judged(new NpgsqlException("reading", new TimeoutException()), FaultCategory.Timeout, null, transient: true);

    [Fact]
    public void LostRace_IsAConflictAndNotRetried() => Judged(new DbUpdateConcurrencyException("0 rows"), FaultCategory.Conflict, null, transient: false);

    [Fact]
    public void OurOwnMistake_IsUnknownAndNotRetried() => Judged(new InvalidOperationException("a bug"), FaultCategory.Unknown, null, transient: false);

    [Theory]
    [InlineData("40001", false)]
    [InlineData("23505", false)]
    [InlineData("57014", false)]
    [InlineData("57P01", true)]
    [InlineData("08006", true)]
    public void FailedCommit_IsUnknownUnlessTheServerSaidNo(string code, bool unknown) => Assert.Equal(unknown, CommitFate.IsUnknown(Server(code)));

    [Fact]
    public void CommitWithoutAnAnswer_IsUnknown()
    {
        Assert.True(CommitFate.IsUnknown(new NpgsqlException("reading", new IOException("reset"))));
        Assert.True(CommitFate.IsUnknown(new OperationCanceledException()));
        Assert.False(CommitFate.IsUnknown(new OperationCanceledException("cancelled", Server("57014"))));
        Assert.False(CommitFate.IsUnknown(new SqliteException("busy", 5)));
    }

    internal static PostgresException Server(string code) => new("it said", "ERROR", "ERROR", code);

    private static void Judged(Exception exception, FaultCategory category, string? code, bool transient)
    {
        var fault = FaultJudge.Judge(exception);

        Assert.Equal(new Fault(category, code), fault);
        Assert.Equal(transient, fault.IsTransient);
    }
}
