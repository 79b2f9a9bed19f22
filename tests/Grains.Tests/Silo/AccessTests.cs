using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Core.Internal;
using Siamese.Contracts;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Data;
using Siamese.Contracts.Ensembles;
using Siamese.Contracts.Sweeps;
using Siamese.Contracts.Tuning;
using Siamese.Grains.Access;
using Siamese.Grains.Data;
using Siamese.Grains.Tests.Clusters;
using Siamese.Grains.Tests.Stores;
using Siamese.Silo;
using Siamese.Silo.Addresses;
using Siamese.Testing.Certificates;

namespace Siamese.Grains.Tests.Silo;

/// <summary>Clients that speak Orleans directly, over real sockets with TLS, and call whatever they like.</summary>
public sealed class AccessTests : IAsyncLifetime, IDisposable
{
    private readonly TestAuthority _authority = new();
    private readonly StoreFolder _store = new();
    private readonly int _gateway = ListeningPort.Resolve(IPAddress.Loopback, 0, "");
    private readonly Listener _listener = new();
    private readonly string _denied;
    private IHost _silo = null!;

    public AccessTests() => _denied = _authority.Write("denied", "");

    /// <summary>Every method of every grain, with the interface through which it is called.</summary>
    public static IEnumerable<MethodInfo> Methods =>
        from type in typeof(IBoardGrain).Assembly.GetTypes().Concat(typeof(IDataRegistryGrain).Assembly.GetTypes())
        where type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)
        from method in type.GetMethods()
        orderby type.Name, method.Name
        select method;

    public async Task InitializeAsync()
    {
        var files = _authority.Issue("silo", "silo");
        var options = _store.Options(_gateway);
        (options.TlsCertificate, options.TlsKey, options.TlsAuthority, options.TlsDenied) = (files.Certificate, files.Key, files.Authority, _denied);
        _silo = SiloHost.Build(options, services => services.AddSingleton<IIncomingGrainCallFilter>(_listener));
        await _silo.StartAsync();
    }

    public Task DisposeAsync() => _silo.StopAsync();

    public void Dispose()
    {
        _silo.Dispose();
        _store.Dispose();
        _authority.Dispose();
    }

    [Fact]
    public void Every_method_declares_who_may_call_it()
    {
        Assert.NotEmpty(Methods);
        Assert.All(Methods, method => Assert.True(
            method.IsDefined(typeof(MayAttribute)) != method.DeclaringType!.IsDefined(typeof(SilosOnlyAttribute)),
            $"{method.DeclaringType!.Name}.{method.Name} needs either [May(…)], or [SilosOnly] on its interface."));
    }

    [Theory]
    [InlineData(Role.Read)]
    [InlineData(Role.Ask)]
    [InlineData(Role.Teach)]
    [InlineData(Role.Train)]
    [InlineData(Role.Administer)]
    public async Task A_client_may_call_what_its_role_allows_and_nothing_else(Role role)
    {
        using var client = await Connect(role);

        foreach (var method in Methods)
        {
            var isAllowed = method.GetCustomAttribute<MayAttribute>() is { } may && may.Role <= role;
            Assert.True(isAllowed != await IsRefused(client, method), $"{method.DeclaringType!.Name}.{method.Name} was {(isAllowed ? "refused" : "allowed")} to {role}.");
        }
    }

    [Fact]
    public async Task Calls_that_lack_what_the_contract_declares_are_refused()
    {
        using var trainer = await Connect(Role.Train);
        var grains = Grains(trainer);
        async Task Refused(string what, Func<Task> call) =>
            Assert.Contains($" {what}; send what the contract declares.", (await Assert.ThrowsAsync<BadInputException>(call)).Message, StringComparison.Ordinal);

        await Refused("lacks request", () => grains.GetGrain<ISweepGrain>("s").Submit(null!, default));
        await Refused("lacks Space of request", () => grains.GetGrain<ISweepGrain>("s").Submit(new SweepRequest { Space = null! }, default));
        await Refused("lacks Seeds of request", () => grains.GetGrain<ISweepGrain>("s").Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [1])), Seeds = default }, default));
        await Refused("lacks an element of Dimensions of Space of request", () => grains.GetGrain<ISweepGrain>("s").Submit(new SweepRequest { Space = new SearchSpace { Dimensions = [null!] } }, default));
        await Refused("lacks manifest", () => grains.GetGrain<IUploadGrain>(0).Seal(default, default));
        await Refused("lacks an element of pieces", () => grains.GetGrain<IUploadGrain>(0).Missing([null!], default));
        var strokes = typeof(ImageFile).GetProperty(nameof(ImageFile.Strokes))!;
        var cyclic = new ImageFile("a.png", [1]);
        strokes.SetValue(cyclic, cyclic);
        Assert.Contains(" is nested too deeply at ", (await Assert.ThrowsAsync<BadInputException>(
            () => grains.GetGrain<IVerdictGrain>("s").Judge(cyclic, cyclic, VerdictTerms.Default, default))).Message, StringComparison.Ordinal);
        await Refused("has a value that does not exist as SplitBy of source", () => grains.GetGrain<ISampleGrain>(0).Draw(new DataSource { SplitBy = (SplitBy)99 }, 1, 1, default));
        await Refused("has a number that is not finite as Number of an element of Values of an element of Dimensions of Space of request",
            () => grains.GetGrain<ISweepGrain>("s").Submit(new SweepRequest { Space = SearchSpace.Of(("margin", [double.NaN])) }, default));
        Assert.Contains("named by the SHA-256", (await Assert.ThrowsAsync<BadInputException>(() => grains.GetGrain<ISampleGrain>(0).Draw(new DataSource { Manifest = "../x" }, 1, 1, default))).Message, StringComparison.Ordinal);
        Assert.Contains("none that controls a terminal", (await Assert.ThrowsAsync<BadInputException>(() => grains.GetGrain<ISweepGrain>("s").Submit(new SweepRequest { Space = SearchSpace.Of(("epochs", [1])), Data = new DataSource { Name = "a\u001b[2J" } }, default))).Message, StringComparison.Ordinal);
        Assert.Empty(await grains.GetGrain<IUploadGrain>(0).Missing([], default));
    }

    [Fact]
    public async Task Only_administrators_manage_Orleans_and_nobody_reaches_into_grains()
    {
        using var trainer = await Connect(Role.Train);
        using var administrator = await Connect(Role.Administer);

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Grains(trainer).GetGrain<IManagementGrain>(0).ForceGarbageCollection([]));
        Assert.Equal("'train' may train, but this needs the right to administer.", refusal.Message);
        Assert.NotEmpty(await Grains(administrator).GetGrain<IManagementGrain>(0).GetHosts());
        var inside = Grains(administrator).GetGrain<IBoardGrain>(0).AsReference<IGrainManagementExtension>();
        Assert.Equal("Only silos may do this.", (await Assert.ThrowsAsync<RefusedException>(async () => await inside.DeactivateOnIdle())).Message);
    }

    [Fact]
    public async Task A_trainer_cannot_find_out_which_paths_exist()
    {
        using var trainer = await Connect(Role.Train);
        async Task<string> Refusal(string path) =>
            (await Assert.ThrowsAsync<BadInputException>(() => Grains(trainer).GetGrain<ISampleGrain>(0).Draw(new DataSource { Path = path }, 1, 1, CancellationToken.None))).Message.Replace(path, "", StringComparison.Ordinal);

        Assert.Equal(await Refusal("/no/such/folder"), await Refusal(_store.Folder));
    }

    [Fact]
    public async Task A_ticket_cannot_be_made_or_changed()
    {
        using var client = await Connect(Role.Ask, new Forger(ticket =>
        {
            // "Role":0 becomes "Role":3.
            var at = ticket.AsSpan().IndexOf("\"Role\":0"u8);
            Assert.True(at > 0);
            ticket[at + 7] = (byte)'3';
        }));

        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Grains(client).GetGrain<IBoardGrain>(0).List(CancellationToken.None));
        Assert.Contains("does not know this client", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_cannot_pose_as_a_silo()
    {
        using var client = await Connect(Role.Administer, new Poser());

        await Assert.ThrowsAsync<RefusedException>(() => Grains(client).GetGrain<IDataRegistryGrain>(0).Forget("m", "s", CancellationToken.None));
    }

    [Fact]
    public async Task A_grain_learns_the_name_in_the_certificate_whatever_the_client_says()
    {
        using var client = await Connect(Role.Ask, new Namer());

        await Grains(client).GetGrain<IBoardGrain>(0).List(CancellationToken.None);

        Assert.Contains("ask", _listener.Names);
        Assert.DoesNotContain("anna", _listener.Names);
    }

    [Fact]
    public async Task A_client_whose_certificate_is_denied_can_call_nothing_more()
    {
        var serial = "";
        using var client = await Connect(Role.Administer, files => serial = X509CertificateLoader.LoadCertificateFromFile(files.Certificate).SerialNumber);
        var board = Grains(client).GetGrain<IBoardGrain>(0);
        await board.List(CancellationToken.None);

        await File.WriteAllTextAsync(_denied, serial);

        await TestCluster.Until(async () => await Record.ExceptionAsync(() => board.List(CancellationToken.None)) is RefusedException);
    }

    private static IGrainFactory Grains(IHost client) => client.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Calls the method without arguments that make sense: only whether the call is let through matters.</summary>
    private static async Task<bool> IsRefused(IHost client, MethodInfo method)
    {
        object grain = typeof(IGrainWithIntegerKey).IsAssignableFrom(method.DeclaringType)
            ? Grains(client).GetGrain(method.DeclaringType!, 0)
            : Grains(client).GetGrain(method.DeclaringType!, "nothing");
        try
        {
            await (Task)method.Invoke(grain, [.. method.GetParameters().Select(Nothing)])!;
            return false;
        }
        catch (Exception e)
        {
            return e is RefusedException;
        }
    }

    private static object? Nothing(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (type == typeof(string))
            return "nothing";
        if (type.IsGenericType && type.Name.StartsWith("ImmutableArray", StringComparison.Ordinal))
            return type.GetField("Empty")!.GetValue(null);
        return type.IsValueType ? Activator.CreateInstance(type) : null;
    }

    private Task<IHost> Connect(Role role, params IOutgoingGrainCallFilter[] filters) => Connect(role, _ => { }, filters);

    private async Task<IHost> Connect(Role role, Action<TlsFiles> onIssue, params IOutgoingGrainCallFilter[] filters)
    {
        var name = role.ToString().ToLowerInvariant();
        var files = _authority.Issue(name, name);
        onIssue(files);
        var guard = MutualTls.Load(files, ClusterNames.DefaultClusterId, isSilo: false);
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        new ClientAccess(guard).AddTo(builder.Services);
        foreach (var filter in filters)
            builder.Services.AddSingleton(filter);
        builder.UseOrleansClient(client => client
            .UseStaticClustering(new IPEndPoint(IPAddress.Loopback, _gateway))
            .Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (ClusterNames.DefaultClusterId, ClusterNames.ServiceId)));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    /// <summary>Changes the ticket of every call of our grains.</summary>
    private sealed class Forger(Action<byte[]> forge) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            if (RequestContext.Get(ClientAccess.TicketName) is byte[] ticket && context.InterfaceMethod.DeclaringType == typeof(IBoardGrain))
            {
                byte[] forged = [.. ticket];
                forge(forged);
                RequestContext.Set(ClientAccess.TicketName, forged);
            }

            return context.Invoke();
        }
    }

    /// <summary>Says that somebody else calls.</summary>
    private sealed class Namer : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            CallingClient.Is("anna");
            return context.Invoke();
        }
    }

    /// <summary>Notes in a silo who calls the board.</summary>
    private sealed class Listener : IIncomingGrainCallFilter
    {
        public ConcurrentBag<string?> Names { get; } = [];

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType == typeof(IBoardGrain))
                Names.Add(CallingClient.Name);
            return context.Invoke();
        }
    }

    /// <summary>Marks every call as a silo does, without knowing the cluster's secret.</summary>
    private sealed class Poser : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context)
        {
            RequestContext.Set("siamese.silo", new byte[32]);
            return context.Invoke();
        }
    }
}
