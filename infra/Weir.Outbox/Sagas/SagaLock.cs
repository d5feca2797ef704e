using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Weir.Outbox.Dialects;

namespace Weir.Outbox.Sagas;

/// <summary>The statement that reads one instance and keeps others from it until the transaction ends.</summary>
internal static class SagaLock
{
    public static string Text<TSaga>(DbContext db, OutboxDialect dialect)
        where TSaga : class
    {
        var quoting = db.GetService<ISqlGenerationHelper>();
        var type = db.Model.FindEntityType(typeof(TSaga))!;
        var key = type.FindPrimaryKey()!.Properties[0].GetColumnName();
        return $"SELECT * FROM {quoting.DelimitIdentifier(type.GetTableName()!, type.GetSchema())} WHERE {quoting.DelimitIdentifier(key)} = {{0}} {dialect.ForUpdate}";
    }
}
