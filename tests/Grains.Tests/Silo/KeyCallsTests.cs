using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Access;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Stores;
using Siamese.Silo;
using Siamese.Silo.Local;

namespace Siamese.Grains.Tests.Silo;

/// <summary>A silo that calls grains on behalf of somebody who has a key, as its HTTP API does.</summary>
public sealed class KeyCallsTests : IAsyncLifetime, IDisposable
{
    private static readonly SweepRequest _request = new() { Space = SearchSpace.Of(("epochs", [1])) };

    private readonly StoreFolder _store = new();
    private readonly Calls _calls = new();
    private IHost _silo = null!;

    private IGrainFactory Grains => _silo.Services.GetRequiredService<IGrainFactory>();

    private IKeyGrain Keys => Grains.GetGrain<IKeyGrain>(0);

    public async Task InitializeAsync()
    {
        _silo = SiloHost.Build(_store.Options(), services => services
            .AddSingleton<ClientPresence>()
            .AddSingleton<IIncomingGrainCallFilter>(provider => provider.GetRequiredService<ClientPresence>())
            .AddSingleton<IIncomingGrainCallFilter>(_calls));
        await _silo.StartAsync();
    }

    public Task DisposeAsync() => _silo.StopAsync();

    public void Dispose()
    {
        _silo.Dispose();
        _store.Dispose();
    }

    [Fact]
    public async Task A_key_may_do_what_its_role_allows_and_nothing_else()
    {
        ClientAccess.CallWith((await Admit(Role.Ask)).Ticket);

        Assert.Empty(await Grains.GetGrain<IBoardGrain>(0).List(default));
        Assert.Equal("'key:lab' may ask, but this needs the right to train.", await Refusal(() => Grains.GetGrain<ISweepGrain>("s").Submit(_request, default)));
        Assert.Equal("'key:lab' may ask, but this needs the right to administer.", await Refusal(() => Keys.Add(new("lab00002", "second", Role.Ask), default)));
        Assert.Equal("Only silos may do this.", await Refusal(() => Grains.GetGrain<IDataRegistryGrain>(0).Forget("m", "s", default)));
        Assert.Equal("'key:lab' may ask, but this needs the right to administer.", await Refusal(() => Grains.GetGrain<IManagementGrain>(0).ForceGarbageCollection([])));
    }

    /// <summary>So nobody can make a key with more rights than they have.</summary>
    [Fact]
    public async Task Only_administrators_add_keys()
    {
        foreach (var role in Enum.GetValues<Role>())
        {
            RequestContext.Clear();
            ClientAccess.CallWith((await Admit(role)).Ticket);
            var refusal = await Record.ExceptionAsync(() => Keys.Add(new($"second{(int)role + 10}", $"second {role}", role), default));
            Assert.Equal(role is Role.Administer, refusal is null);
        }

        RequestContext.Clear();
        Assert.Equal("key:lab", (await Keys.List(default)).Single(key => key.Name == "second Administer").MadeBy);
    }

    [Fact]
    public async Task Grains_call_each_other_as_silos_while_they_answer_a_key()
    {
        ClientAccess.CallWith((await Admit(Role.Ask)).Ticket);

        // Looks the version up, which only silos may do.
        await Assert.ThrowsAsync<BadInputException>(() => Grains.GetGrain<IVerdictGrain>("digits").Embed([], 3, default));

        Assert.Contains(("Embed", "key:lab", true), _calls.Seen);
        Assert.Contains(("GetVersion", "key:lab", false), _calls.Seen);
    }

    [Fact]
    public async Task A_call_with_a_key_can_be_cancelled()
    {
        ClientAccess.CallWith((await Admit(Role.Ask)).Ticket);
        using var leaving = new CancellationTokenSource();
        var asked = Grains.GetGrain<IEnsembleGrain>(Calls.Slow).GetNewest(leaving.Token);
        await _calls.Waiting.WaitAsync(TestCluster.Patience);

        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await _calls.Cancelled.WaitAsync(TestCluster.Patience);
    }

    [Fact]
    public async Task What_a_key_sends_is_compared_with_the_contract()
    {
        ClientAccess.CallWith((await Admit(Role.Train)).Ticket);

        var refusal = await Assert.ThrowsAsync<BadInputException>(() => Grains.GetGrain<ISweepGrain>("s").Submit(null!, default));

        Assert.Equal("The call of Submit lacks request; send what the contract declares.", refusal.Message);
    }

    [Fact]
    public async Task A_silos_own_calls_are_allowed_everything()
    {
        Assert.Empty(await Grains.GetGrain<IBoardGrain>(0).List(default));
        Assert.Equal(0, await Grains.GetGrain<IDataRegistryGrain>(0).Forget("m", "s", default));
        Assert.DoesNotContain(_calls.Seen, call => call.Client is not null);
    }

    [Fact]
    public async Task A_ticket_that_was_made_up_or_changed_is_refused()
    {
        ClientAccess.CallWith([1, 2, 3]);
        Assert.Contains("does not know this client", await Refusal(() => Grains.GetGrain<IBoardGrain>(0).List(default)), StringComparison.Ordinal);

        RequestContext.Clear();
        var ticket = (await Admit(Role.Ask)).Ticket;
        ClientAccess.CallWith(ticket.SetItem(ticket.Length - 3, (byte)(ticket[^3] ^ 1)));
        Assert.Contains("does not know this client", await Refusal(() => Grains.GetGrain<IBoardGrain>(0).List(default)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_with_a_ticket_is_a_clients_presence()
    {
        var presence = _silo.Services.GetRequiredService<ClientPresence>();
        ClientAccess.CallWith((await Admit(Role.Read)).Ticket);
        var before = TimeProvider.System.GetTimestamp();

        await Grains.GetGrain<IBoardGrain>(0).List(default);

        Assert.True(presence.AbsentFor <= TimeProvider.System.GetElapsedTime(before));
    }

    private async Task<Admission> Admit(Role role)
    {
        await Keys.Revoke("lab", default);
        var (text, _) = await Keys.Add(new($"lab0000{(int)role + 1}", "lab", role), default);
        return (await Keys.Admit(text, default))!;
    }

    private static async Task<string> Refusal(Func<Task> call) => (await Assert.ThrowsAsync<RefusedException>(call)).Message;

    /// <summary>Notes each call of a grain, its client's name, and whether it has a ticket.</summary>
    private sealed class Calls : IIncomingGrainCallFilter
    {
        /// <summary>Calls of the grain with this key wait until they are cancelled.</summary>
        public const string Slow = "slow";

        private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ConcurrentQueue<(string Method, string? Client, bool HasTicket)> Seen { get; } = [];

        /// <summary>Completed when a call waits.</summary>
        public Task Waiting => _waiting.Task;

        /// <summary>Completed when the grain learns that its caller has cancelled the call.</summary>
        public Task Cancelled => _cancelled.Task;

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            Seen.Enqueue((context.InterfaceMethod.Name, CallingClient.Name, RequestContext.Get(ClientAccess.TicketName) is not null));
            if (context.TargetId.Key.ToString() == Slow)
            {
                using var _ = context.Request.GetCancellationToken().Register(() => _cancelled.TrySetResult());
                _waiting.TrySetResult();
                await _cancelled.Task.WaitAsync(TestCluster.Patience);
            }

            await context.Invoke();
        }
    }
}
