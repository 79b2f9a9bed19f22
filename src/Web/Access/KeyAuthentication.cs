using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Access;
using Siamese.Web.Problems;

namespace Siamese.Web.Access;

/// <summary>Finds out who sends a request: by the key in `Authorization: Bearer KEY`, or without one if the host allows that.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Admissions admissions, IKeylessAccess keyless, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "Siamese";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        Func<CancellationToken, Task<Admission?>> ask;
        if (Request.Headers.Authorization is [{ } header] && header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            var key = header[Bearer.Length..].Trim();
            ask = cancellation => admissions.Of(key, cancellation);
        }
        else if (Request.Headers.Authorization.Count == 0)
        {
            ask = _ => Task.FromResult(keyless.Admit(Context));
        }
        else
        {
            return AuthenticateResult.Fail("The header 'Authorization' is not 'Bearer KEY'.");
        }

        if (await ask(Context.RequestAborted) is not { } admission)
            return AuthenticateResult.NoResult();
        Context.Features.Set(new Visit(admission, ask, time));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, admission.Name)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problem.Write(Context, ProblemKind.NoKey, Request.Headers.Authorization.Count == 0
            ? "This needs a key: send the header 'Authorization: Bearer KEY'. An administrator makes keys with `client keys add`."
            : "The key is not valid, or no longer: it is mistyped, was revoked, or has expired. Ask an administrator for another.");
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        var role = Context.GetEndpoint()?.Metadata.GetMetadata<NeedsAttribute>()?.Role;
        var admission = Context.Features.Get<Visit>()?.Admission;
        return Problem.Write(Context, ProblemKind.NotAllowed, $"'{admission?.Name}' may {Word(admission?.Role)}, but this needs the right to {Word(role)}. Ask an administrator for a key with that right.");
    }

    private static string Word(Role? role) => role is { } known ? Contracts.Tuning.Words.Of(known) : "do nothing";
}
