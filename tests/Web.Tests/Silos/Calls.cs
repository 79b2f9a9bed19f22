using System.Collections.Concurrent;
using Siamese.Contracts.Connections;

namespace Siamese.Web.Tests.Silos;

/// <summary>Counts the calls of a silo's grains, holds those of the grain <see cref="Slow"/>, and lets some go wrong.</summary>
public sealed class Calls : IIncomingGrainCallFilter
{
    /// <summary>Calls of a grain with this key, on behalf of somebody outside the cluster, wait for <see cref="GoOn"/>, or until they are cancelled.</summary>
    public const string Slow = "slow";

    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, int> _counts = [];
    private TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private int _cancelled;

    /// <summary>Number of calls that wait.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Number of calls that were cancelled while they waited.</summary>
    public int Cancelled => Volatile.Read(ref _cancelled);

    /// <summary>What goes wrong with a call instead of what it is for, if anything does.</summary>
    public Func<IIncomingGrainCallContext, Exception?>? Fault { get; set; }

    /// <summary>Whether a call is made on behalf of somebody outside the cluster.</summary>
    public static bool IsFromOutside => RequestContext.Get(ClientAccess.TicketName) is not null;

    /// <summary>Number of calls of a method.</summary>
    public int Of(string method) => _counts.GetValueOrDefault(method);

    /// <summary>Lets all calls that wait go on; later ones wait again.</summary>
    public void GoOn() => Interlocked.Exchange(ref _goOn, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        _counts.AddOrUpdate(context.InterfaceMethod.Name, 1, (_, count) => count + 1);
        if (context.TargetId.Key.ToString() == Slow && IsFromOutside)
            await Wait(context.Request.GetCancellationToken());
        if (Fault?.Invoke(context) is { } fault)
            throw fault;
        await context.Invoke();
    }

    private async Task Wait(CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            await _goOn.Task.WaitAsync(_patience, cancellation);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _cancelled);
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
