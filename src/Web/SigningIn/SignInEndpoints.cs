using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Siamese.Contracts;
using Siamese.Web.Access;
using Siamese.Web.Problems;
using Siamese.Web.Requests;
using Siamese.Web.Serving;

namespace Siamese.Web.SigningIn;

/// <summary>Signing in with a browser: a key becomes a cookie.</summary>
internal static class SignInEndpoints
{
    private const string WrongKey = "The key is not valid, or no longer. Ask an administrator for another.";

    public static void Map(IEndpointRouteBuilder group)
    {
        group.MapGet($"/{SignInAddress.Page}", Show).WithMetadata(new AllowAnonymousAttribute(), PagePolicy.OfForm);
        group.MapPost($"/{SignInAddress.Page}", SignIn).WithMetadata(new AllowAnonymousAttribute(), PagePolicy.OfForm);
        group.MapPost("/sign-out", SignOut).WithMetadata(new AllowAnonymousAttribute());
    }

    /// <summary>The page with the form.</summary>
    private static ContentHttpResult Show(HttpContext context, IAntiforgery antiforgery, string? to) => Page(context, antiforgery, to, "");

    private static async Task<IResult> SignIn(HttpContext context, IAntiforgery antiforgery, Admissions admissions, IProblemLog log)
    {
        var form = await Forms.Read(context, antiforgery);
        var (key, to) = (form["key"].ToString().Trim(), form["to"].ToString());
        if (await admissions.Of(key, context.Connection.RemoteIpAddress, context.RequestAborted) is null)
        {
            log.Refused(Refusal.Of(context, ProblemKind.NoKey, WrongKey));
            return Page(context, antiforgery, to, WrongKey);
        }

        KeyCookie.Keep(context, key);
        return TypedResults.Redirect(Own(to));
    }

    private static async Task<IResult> SignOut(HttpContext context, IAntiforgery antiforgery)
    {
        await Forms.Read(context, antiforgery);
        KeyCookie.Forget(context);
        return TypedResults.Redirect(SignInAddress.Page);
    }

    /// <summary>An address beside this one, and so below the prefix; the start for any other.</summary>
    private static string Own(string to) => Uri.TryCreate(to, UriKind.Relative, out _) && Ascii.IsValid(to) && !to.StartsWith('/') && !to.Contains('\\', StringComparison.Ordinal) ? $"./{to}" : "./";

    private static ContentHttpResult Page(HttpContext context, IAntiforgery antiforgery, string? to, string remark)
    {
        var token = antiforgery.GetAndStoreTokens(context);
        return TypedResults.Content($"""
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Siamese: sign in</title></head>
            <body>
            <main>
            <h1>Sign in</h1>
            <p role="alert">{Html(remark)}</p>
            <form method="post" action="{SignInAddress.Page}">
            <input type="hidden" name="{Html(token.FormFieldName)}" value="{Html(token.RequestToken!)}">
            <input type="hidden" name="to" value="{Html(to ?? "")}">
            <p><label>Key <input type="password" name="key" required autocomplete="current-password" size="60"></label></p>
            <p><button>Sign in</button></p>
            </form>
            {SignOutForm(context, token)}
            <p>An administrator makes keys with <code>client keys add</code>.</p>
            </main>
            </body>
            </html>
            """, "text/html; charset=utf-8", statusCode: remark.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status401Unauthorized);
    }

    /// <summary>For a browser that has signed in.</summary>
    private static string SignOutForm(HttpContext context, AntiforgeryTokenSet token) => KeyCookie.Read(context.Request) is null ? "" : $"""
        <form method="post" action="sign-out">
        <input type="hidden" name="{Html(token.FormFieldName)}" value="{Html(token.RequestToken!)}">
        <p><button>Sign out</button></p>
        </form>
        """;

    private static string Html(string text) => HtmlEncoder.Default.Encode(PlainText.Of(text));
}
