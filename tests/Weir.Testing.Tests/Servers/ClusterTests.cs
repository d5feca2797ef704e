using System.Globalization;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;
using Weir.Testing.Servers;
using Weir.Testing.Waiting;

namespace Weir.Testing.Tests.Servers;

public abstract class ClusterTests : OwnServerTests
{
    private const string Queue = "held-by-three";
    private const int Before = 20;
    private const int After = 20;
    private static readonly TimeSpan ElectionBound = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Cluster_LeaderKilled_QuorumQueueKeepsEveryConfirmedMessageAndTakesMore()
    {
        await using var cluster = await (await UsableSourceAsync()).StartClusterAsync(3, Cancel);
        using var management = new ManagementApi(cluster.Nodes[0].Address);
        await Eventually.TrueAsync(
            "3 nodes to run", async token => await management.RunningNodesAsync(token) == 3, ElectionBound, Cancel);
        await PublishAsync(cluster.Nodes[0], 0, Before);
        var leader = cluster.Node(await LeaderAsync(management));

        await leader.KillAsync(Cancel);
        var survivor = cluster.Nodes.First(n => n != leader);
        await PublishOnceElectedAsync(survivor);

        Assert.Equal(Enumerable.Range(0, Before + After), await DrainAsync(survivor));
    }

    private static Task<string> LeaderAsync(ManagementApi management) => Eventually.GetAsync(
        $"a leader of {Queue}", token => management.QueueLeaderAsync(Queue, token), ElectionBound, Cancel);

    // Until a new leader is elected the broker may refuse or leave unanswered; the first confirm ends that.
    private static Task PublishOnceElectedAsync(BrokerServer node) => Eventually.TrueAsync(
        $"{node} to confirm",
        async token =>
        {
            using var bound = Patience.Limit(TimeSpan.FromSeconds(10), token);
            try
            {
                await PublishAsync(node, Before, After, bound.Token);
                return true;
            }
            catch (Exception e) when (e is OperationCanceledException or RabbitMQClientException && !token.IsCancellationRequested)
            {
                return false;
            }
        },
        ElectionBound, Cancel);

    private static async Task PublishAsync(BrokerServer node, int first, int count, CancellationToken? bound = null)
    {
        var cancel = bound ?? Cancel;
        await using var connection = await Amqp.ConnectAsync(node.Address, cancel);
        await using var channel = await connection.CreateChannelAsync(Amqp.Confirmed, cancel);
        var quorum = new Dictionary<string, object?>(StringComparer.Ordinal) { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(Queue, durable: true, exclusive: false, autoDelete: false, quorum, cancellationToken: cancel);
        foreach (var n in Enumerable.Range(first, count))
            await channel.BasicPublishAsync("", Queue, Encoding.ASCII.GetBytes(n.ToString(CultureInfo.InvariantCulture)), cancel);
    }

    /// <summary>The numbers in the queue, in order and each once: an unconfirmed publish may have been tried twice.</summary>
    private static async Task<IReadOnlyList<int>> DrainAsync(BrokerServer node)
    {
        await using var connection = await Amqp.ConnectAsync(node.Address, Cancel);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancel);
        SortedSet<int> seen = [];
        await Eventually.TrueAsync(
            $"{Before + After} different messages in {Queue}",
            async token =>
            {
                while (await channel.BasicGetAsync(Queue, autoAck: true, token) is { } got)
                    seen.Add(int.Parse(got.Body.Span, CultureInfo.InvariantCulture));
                return seen.Count >= Before + After;
            },
            ElectionBound, Cancel);
        return [.. seen];
    }
}
