using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Siamese.Contracts.Access;
using Siamese.Grains.Storage;

namespace Siamese.Grains.Access;

/// <inheritdoc cref="IKeyGrain"/>
/// <remarks>
/// <see cref="Admit"/> interleaves with calls that wait for the store, so it does not write itself: two writes at the same time
/// would conflict. It lets the timer tick, which takes its turn among the calls.
/// </remarks>
internal sealed partial class KeyGrain(
    [PersistentState("keys")] IPersistentState<KeyRingState> state, ITicketIssuer tickets, TimeProvider time, ILogger<KeyGrain> logger) : Grain, IKeyGrain
{
    private readonly ILogger _logger = logger;
    private KeyRing _keys = null!;
    private IGrainTimer _timer = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _keys = new KeyRing(state.State);
        _timer = this.RegisterGrainTimer(StoreUses, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return base.OnActivateAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        // If a write has failed, the memory may be ahead of the store.
        if (_keys.HasUses && reason.ReasonCode is not DeactivationReasonCode.ApplicationError)
            await StoreUses(cancellationToken);
        await base.OnDeactivateAsync(reason, cancellationToken);
    }

    public async Task<NewApiKey> Add(ApiKeyRequest request, CancellationToken cancellation)
    {
        var text = KeyText.Make(request.Id);
        var key = _keys.Add(request, KeyText.HashOf(text), CallingClient.Name, time.GetUtcNow());
        await this.Save(state, cancellation);
        return new NewApiKey(text, key);
    }

    public Task<ImmutableArray<ApiKey>> List(CancellationToken cancellation) => Task.FromResult(_keys.All);

    public async Task<bool> Revoke(string idOrName, CancellationToken cancellation)
    {
        if (_keys.Find(idOrName) is not { } key)
            return false;
        if (key.RevokedAt is null)
        {
            _keys.Revoke(key, time.GetUtcNow());
            await this.Save(state, cancellation);
        }

        return true;
    }

    public Task<Admission?> Admit(string key, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        if (_keys.Admit(key, now) is not var (admitted, until))
            return Task.FromResult<Admission?>(null);
        if (_keys.IsTimeToStoreUses(now))
            _timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        var ticket = tickets.Issue(admitted.Caller, $"key {admitted.Id}", admitted.Role, until);
        return Task.FromResult<Admission?>(new(admitted.Id, admitted.Name, admitted.Role, admitted.PerMinute, until, [.. ticket]));
    }

    private async Task StoreUses(CancellationToken cancellation)
    {
        _keys.BeginStoring();
        try
        {
            await state.WriteStateAsync(cancellation);
        }
        catch (Exception e)
        {
            // A later use tries again. Keys are known while the store is away, unless another silo has changed them.
            _keys.KeepUses();
            LogUnstored(e);
            if (e is InconsistentStateException)
                GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationError, "The keys were changed elsewhere."), CancellationToken.None);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Could not store when keys were last used")]
    private partial void LogUnstored(Exception exception);
}
