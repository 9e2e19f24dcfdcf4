using System.Buffers.Binary;
using System.Text;

namespace Keepalived.CodeOrder;

/// <summary>The methods of a NativeAOT binary: where each begins, and the names it has in the compiler's object file.</summary>
internal sealed class MethodTable
{
    private const string CodeSection = "__managedcode";
    private const int SectionHeaderSize = 64, SymbolSize = 24, Function = 2, SymbolTable = 2;

    private readonly SortedDictionary<ulong, List<string>> _names = [];

    private MethodTable(ulong start, ulong end) => (Start, End) = (start, end);

    /// <summary>First byte of the compiled methods.</summary>
    public ulong Start { get; }

    /// <summary>First byte after them.</summary>
    public ulong End { get; }

    /// <summary>The first instruction of every method, ascending.</summary>
    public IEnumerable<ulong> Addresses => _names.Keys;

    /// <summary>Equal bodies are compiled once, so one address may bear several names.</summary>
    public IEnumerable<string> NamesAt(ulong address) => _names[address];

    /// <summary>Whether a method begins here.</summary>
    public bool Contains(ulong address) => _names.ContainsKey(address);

    /// <summary>Reads the symbol table of an ELF file (64 bits, little endian).</summary>
    /// <exception cref="InvalidDataException">The file is no such file, or was made without NativeAOT.</exception>
    public static MethodTable Read(string path)
    {
        var file = File.ReadAllBytes(path);
        if (file.Length < 64 || !file.AsSpan(0, 6).SequenceEqual("\u007fELF\u0002\u0001"u8))
            throw new InvalidDataException($"{path} is not an ELF file of 64 bits.");

        var sections = (int)ReadUInt64(file, 40);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(60));
        var names = SectionAt(file, sections, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(62)));
        var code = -1;
        var symbols = default(Section);
        for (var i = 0; i < count; i++)
        {
            var section = SectionAt(file, sections, i);
            if (section.Type == SymbolTable)
                symbols = section;
            else if (ReadText(file, names.Offset + section.Name) == CodeSection)
                code = i;
        }

        if (code < 0 || symbols.Size == 0)
            throw new InvalidDataException($"{path} has no section {CodeSection} or no symbols.");

        var managed = SectionAt(file, sections, code);
        var table = new MethodTable(managed.Address, managed.Address + managed.Size);
        table.AddSymbols(file, symbols, SectionAt(file, sections, symbols.Link).Offset, code);
        return table;
    }

    private void AddSymbols(byte[] file, Section symbols, long text, int code)
    {
        for (var at = symbols.Offset; at < symbols.Offset + (long)symbols.Size; at += SymbolSize)
        {
            var section = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)at + 6));
            if (section != code || (file[at + 4] & 15) != Function)
                continue;
            var address = ReadUInt64(file, at + 8);
            if (!_names.TryGetValue(address, out var names))
                _names.Add(address, names = []);
            names.Add(ReadText(file, text + BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at))));
        }
    }

    private static Section SectionAt(byte[] file, int sections, int index)
    {
        var at = sections + (index * SectionHeaderSize);
        var header = file.AsSpan(at, SectionHeaderSize);
        return new Section(
            BinaryPrimitives.ReadUInt32LittleEndian(header),
            BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
            ReadUInt64(file, at + 16),
            (long)ReadUInt64(file, at + 24),
            ReadUInt64(file, at + 32),
            (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]));
    }

    private static ulong ReadUInt64(byte[] file, long at) => BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan((int)at));

    private static string ReadText(byte[] file, long at)
    {
        var text = file.AsSpan((int)at);
        return Encoding.UTF8.GetString(text[..text.IndexOf((byte)0)]);
    }

    private readonly record struct Section(uint Name, uint Type, ulong Address, long Offset, ulong Size, int Link);
}
