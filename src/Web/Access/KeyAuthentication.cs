using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Siamese.Contracts.Access;
using Siamese.Web.Limits;
using Siamese.Web.Problems;

namespace Siamese.Web.Access;

/// <summary>Finds out who sends a request: by the key in `Authorization: Bearer KEY` or in a browser's cookie, or without one if the host allows that.</summary>
internal sealed class KeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Admissions admissions, RateLimits rates, IKeylessAccess keyless, TimeProvider time)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string Name = "Siamese";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.Count == 0)
            return await AdmitBrowser();
        if (Request.Headers.Authorization is not [{ } header] || !header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.Fail("The header 'Authorization' is not 'Bearer KEY'.");
        return await AdmitKey(header[Bearer.Length..].Trim());
    }

    /// <summary>Admits a sender without the header: by its place, or by the key in its cookie.</summary>
    private async Task<AuthenticateResult> AdmitBrowser()
    {
        var here = await Admit(_ => Task.FromResult(keyless.Admit(Context)), isLimited: false);
        if (here.Succeeded || KeyCookie.Read(Request) is not { } key)
            return here;
        if (KeyCookie.Counts(Request))
            return await AdmitKey(key);
        Context.Features.Set(new ProblemException(ProblemKind.NotAllowed, "Pages from elsewhere may not send requests here."));
        return AuthenticateResult.NoResult();
    }

    private async Task<AuthenticateResult> AdmitKey(string key)
    {
        try
        {
            return await Admit(cancellation => admissions.Of(key, Context.Connection.RemoteIpAddress, cancellation), isLimited: true);
        }
        catch (ProblemException e)
        {
            // Nothing is written here: an address that does not exist has an answer of its own.
            Context.Features.Set(e);
            return AuthenticateResult.Fail(e);
        }
    }

    private async Task<AuthenticateResult> Admit(Func<CancellationToken, Task<Admission?>> ask, bool isLimited)
    {
        if (await ask(Context.RequestAborted) is not { } admission)
            return AuthenticateResult.NoResult();
        if (isLimited)
            rates.Count(admission);
        Context.Features.Set(new Visit(admission, ask, time));
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.Name, admission.Name)], Name);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (Context.Features.Get<ProblemException>() is { } problem)
            return Problem.Write(Context, problem.Kind, problem.Message, problem.RetryAfter);
        if (HttpMethods.IsGet(Request.Method) && Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/html") && Context.GetEndpoint()?.Metadata.GetMetadata<SignInAddress>() is { } address)
        {
            Response.Redirect(address.From(Request));
            return Task.CompletedTask;
        }

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
