using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Siamese.Build;

/// <summary>
/// Hashes what C# files say to the compiler: their tokens, without comments, white space and paths. Moving or formatting a
/// file keeps the hash; changing a constant does not.
/// </summary>
public static class TokenHash
{
    /// <param name="sources">The text of each file, in any order.</param>
    /// <param name="packages">Versions of the packages that compute, such as `TorchSharp=0.107.0`.</param>
    /// <returns>16 hexadecimal digits.</returns>
    public static string Of(IEnumerable<string> sources, string packages)
    {
        var text = new StringBuilder(packages);
        foreach (var tokens in sources.Select(Tokens).OrderBy(tokens => tokens, StringComparer.Ordinal))
            text.Append('\0').Append(tokens);
        using var sha = SHA256.Create();
        return string.Concat(sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())).Take(8).Select(b => b.ToString("x2")));
    }

    /// <summary>The name of the namespace and the using directives follow the folder of a file, so they do not count.</summary>
    private static string Tokens(string source)
    {
        var root = CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Preview, DocumentationMode.None)).GetRoot();
        var counted = root.DescendantTokens(node => node is not UsingDirectiveSyntax { Alias: null } && !IsNameOfNamespace(node));
        return string.Join("\n", counted.Select(token => token.Text));
    }

    private static bool IsNameOfNamespace(SyntaxNode node) =>
        node is NameSyntax && node.Parent is BaseNamespaceDeclarationSyntax space && space.Name == node;
}
