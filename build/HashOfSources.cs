using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Hashes source files by name and content. Sorted, because the file system hands them out in any order, and with line
/// ends made equal, because git may not: two checkouts of one commit have one hash.
/// </summary>
public sealed class HashOfSources : Task
{
    [Required]
    public ITaskItem[] Sources { get; set; }

    /// <summary>Versions of the packages that belong to it.</summary>
    [Required]
    public string Packages { get; set; }

    /// <summary>16 hexadecimal digits.</summary>
    [Output]
    public string Hash { get; set; }

    public override bool Execute()
    {
        var text = new StringBuilder(Packages);
        foreach (var source in Sources.OrderBy(item => item.ItemSpec.Replace('\\', '/'), StringComparer.Ordinal))
            text.Append('\0').Append(source.ItemSpec.Replace('\\', '/')).Append('\0').Append(File.ReadAllText(source.ItemSpec).Replace("\r\n", "\n"));
        using (var sha = SHA256.Create())
            Hash = BitConverter.ToString(sha.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())), 0, 8).Replace("-", "").ToLowerInvariant();
        return true;
    }
}
