using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Siamese.Contracts.Access;
using Siamese.Contracts.Connections;
using Siamese.Contracts.Local;
using Siamese.Grains.Access;
using Siamese.Silo.Addresses;
using Siamese.Silo.Health;
using SiloOptions = Siamese.Silo.Options.SiloOptions;

namespace Siamese.Silo.Access;

/// <summary>Registers who may connect to a silo and what they may call.</summary>
internal static class AccessRegistration
{
    /// <param name="silo">The silo.</param>
    /// <param name="options">Its options.</param>
    /// <param name="endpoints">Its addresses.</param>
    /// <param name="secrets">The cluster's secrets.</param>
    /// <exception cref="Contracts.BadInputException">A certificate is missing or invalid.</exception>
    public static void AddAccess(this ISiloBuilder silo, SiloOptions options, SiloEndpoints endpoints, ClusterSecrets secrets)
    {
        silo.Services.AddSingleton(secrets);
        silo.Services.AddSingleton<AuditLog>();
        silo.Services.AddSingleton<SiloStamp>();
        silo.Services.AddSingleton<IOutgoingGrainCallFilter>(services => services.GetRequiredService<SiloStamp>());
        silo.Services.AddSingleton<IIncomingGrainCallFilter, AccessFilter>();
        var denied = options.TlsDenied is { Length: > 0 } list ? new DenyList(list, TimeProvider.System) : null;
        if (SiloConnections.FilesOf(options, endpoints) is { } files)
        {
            var tls = MutualTls.Load(files, options.ClusterId, isSilo: true, denied);
            silo.Services.AddSingleton(tls);
            silo.Services.AddSingleton<CertificateWatch>();
            silo.Services.AddSingleton<IReadiness>(services => services.GetRequiredService<CertificateWatch>());
            silo.Services.AddHostedService(services => services.GetRequiredService<CertificateWatch>());
            AddTickets("tls");
            SiloConnections.Guard(silo, endpoints, tls.BetweenSilos, tls, certificate => ByCertificate(certificate!, options.ClusterId));
        }
        else
        {
            var isOpen = options.Insecure && !options.Local;
            AddTickets(isOpen ? "insecure" : "local");
            var (gateway, caller) = isOpen
                ? (SharedSecret.None, new Caller("anyone", "insecure", Role.Administer, Until: null))
                : (OfUser(silo, options.Home), Caller.OfThisMachine);
            SiloConnections.Guard(silo, endpoints, new SharedSecret(() => secrets.BetweenSilos), gateway, _ => caller);
        }

        void AddTickets(string admission)
        {
            silo.Services.AddSingleton(services => new Tickets(secrets, $"{options.ClusterId} {admission}", denied, services.GetRequiredService<TimeProvider>()));
            silo.Services.AddSingleton<ITicketIssuer>(services => services.GetRequiredService<Tickets>());
        }
    }

    private static SharedSecret OfUser(ISiloBuilder silo, string home)
    {
        var secret = new GatewaySecret(SecretFile.ReadOrMake(home));
        silo.Services.AddSingleton(secret);
        return new SharedSecret(secret.Value);
    }

    private static Caller ByCertificate(X509Certificate2 certificate, string cluster) => new(
        CertificateIdentity.NameOf(certificate),
        certificate.SerialNumber,
        CertificateIdentity.RoleOf(certificate, cluster),
        certificate.NotAfter.ToUniversalTime());
}
