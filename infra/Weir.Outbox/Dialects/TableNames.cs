using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Weir.Outbox.Dialects;

/// <summary>
/// How the three tables and their columns are called in one model, quoted for its provider. Read from the model of the
/// context in hand and kept with its lane, never in a static cache: two buses of one process may use two databases.
/// </summary>
internal sealed class TableNames
{
    private readonly IModel _model;
    private readonly ISqlGenerationHelper _quoting;

    private TableNames(DbContext db)
    {
        _model = db.Model;
        _quoting = db.GetService<ISqlGenerationHelper>();
        Inbox = Table(typeof(InboxState));
        Outbox = Table(typeof(OutboxMessage));
        Lanes = Table(typeof(OutboxState));
    }

    public string Inbox { get; }

    public string Outbox { get; }

    public string Lanes { get; }

    /// <exception cref="InvalidOperationException">The model lacks the tables.</exception>
    public static TableNames Of(DbContext db) => new(db);

    public string InboxColumn(string property) => Column(typeof(InboxState), property);

    public string LaneColumn(string property) => Column(typeof(OutboxState), property);

    public string Column(string property) => Column(typeof(OutboxMessage), property);

    private string Table(Type type) => _quoting.DelimitIdentifier(Entity(type).GetTableName()!, Entity(type).GetSchema());

    private string Column(Type type, string property) => _quoting.DelimitIdentifier(Entity(type).FindProperty(property)!.GetColumnName());

    private IEntityType Entity(Type type) => _model.FindEntityType(type)
        ?? throw new InvalidOperationException(
            $"The DbContext's model has no {type.Name}: call modelBuilder.{nameof(OutboxModelExtensions.AddTransactionalOutboxEntities)}() in OnModelCreating.");
}
