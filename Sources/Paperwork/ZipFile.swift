import CZip
import Clauses
import Foundation

/// ZIP archives in memory, written so that the same members give the same bytes in all time zones.
enum ZipFile {
  /// A file of the archive, by its path inside.
  struct Member {
    var name: String
    var bytes: [UInt8]
  }

  /// The archive's bytes, or nil when memory is short.
  ///
  /// A member named `mimetype` is stored as it is, as OpenDocument wants it.
  static func packed(_ members: [Member], date: Day) -> [UInt8]? {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let source = zip_source_buffer_create(nil, 0, 0, &error) else { return nil }
    // The archive takes one reference away when it closes; this one is for reading what it wrote.
    zip_source_keep(source)
    defer { zip_source_free(source) }
    guard let archive = zip_open_from_source(source, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
      zip_source_free(source)
      return nil
    }
    let (year, month, day) = date.parts
    let dosDate = UInt16((min(max(year, 1980), 2107) - 1980) << 9 | month << 5 | day)
    // libzip reads the members only when it closes, so they live in memory of its own until then.
    for member in members {
      guard let content = copied(member.bytes, in: archive) else { return discarded(archive) }
      let index = zip_file_add(archive, member.name, content, UInt32(ZIP_FL_ENC_UTF_8))
      guard index >= 0 else {
        zip_source_free(content)
        return discarded(archive)
      }
      let method = member.name == "mimetype" ? ZIP_CM_STORE : ZIP_CM_DEFLATE
      let unix = UInt8(ZIP_OPSYS_UNIX)
      guard zip_set_file_compression(archive, UInt64(index), method, 9) == 0,
        zip_file_set_dostime(archive, UInt64(index), 0, dosDate, 0) == 0,
        zip_file_set_external_attributes(archive, UInt64(index), 0, unix, 0o100644 << 16) == 0
      else { return discarded(archive) }
    }
    guard zip_close(archive) == 0 else { return discarded(archive) }
    guard !members.isEmpty else { return empty }
    return content(of: source)
  }

  /// The members of an archive, or nil when it is none, is damaged or holds more than `limit` bytes.
  static func members(of bytes: [UInt8], limit: Int) -> [Member]? {
    bytes.withUnsafeBytes { raw in
      var error = zip_error_t()
      zip_error_init(&error)
      defer { zip_error_fini(&error) }
      guard let source = zip_source_buffer_create(raw.baseAddress, UInt64(raw.count), 0, &error) else { return nil }
      guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
        zip_source_free(source)
        return nil
      }
      defer { zip_discard(archive) }
      var members: [Member] = []
      var left = limit
      for index in 0..<UInt64(max(zip_get_num_entries(archive, 0), 0)) {
        var stat = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &stat) == 0, let name = stat.name, stat.size <= UInt64(max(left, 0)),
          let content = read(index, size: Int(stat.size), in: archive)
        else { return nil }
        left -= content.count
        members.append(Member(name: String(cString: name), bytes: content))
      }
      return members
    }
  }

  private static func read(_ index: UInt64, size: Int, in archive: OpaquePointer) -> [UInt8]? {
    guard let file = zip_fopen_index(archive, index, 0) else { return nil }
    defer { zip_fclose(file) }
    var got: zip_int64_t = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      got = size == 0 ? 0 : zip_fread(file, buffer.baseAddress, UInt64(size))
      count = max(Int(got), 0)
    }
    return Int(got) == size ? bytes : nil
  }

  /// A source with a copy of these bytes that libzip frees.
  private static func copied(_ bytes: [UInt8], in archive: OpaquePointer) -> OpaquePointer? {
    guard let copy = malloc(max(bytes.count, 1)) else { return nil }
    bytes.withUnsafeBytes { raw in
      if let start = raw.baseAddress { copy.copyMemory(from: start, byteCount: raw.count) }
    }
    guard let source = zip_source_buffer(archive, copy, UInt64(bytes.count), 1) else {
      free(copy)
      return nil
    }
    return source
  }

  private static func content(of source: OpaquePointer) -> [UInt8]? {
    var stat = zip_stat_t()
    guard zip_source_stat(source, &stat) == 0, zip_source_open(source) == 0 else { return nil }
    defer { zip_source_close(source) }
    let size = Int(stat.size)
    var got: zip_int64_t = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
      got = zip_source_read(source, buffer.baseAddress, UInt64(size))
      count = max(Int(got), 0)
    }
    return Int(got) == size ? bytes : nil
  }

  private static func discarded(_ archive: OpaquePointer) -> [UInt8]? {
    zip_discard(archive)
    return nil
  }

  /// libzip writes no archive without members: the record that ends one, alone.
  private static let empty: [UInt8] = [0x50, 0x4B, 5, 6] + Array(repeating: 0, count: 18)
}
